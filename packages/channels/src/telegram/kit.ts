import type { Kit } from '../conformance-kit.ts'
import type { HttpResponse, Part } from '../contract.ts'
import type { ProblemCode } from '../problem.ts'
import type { TelegramConfig } from './config.ts'
import { config, fixtures, now, signed, token } from './fixtures.ts'
import { doubtAbout, sendFields } from './simulator-checks.ts'

/** What the conformance suite needs to know of this channel. */

const answer = (status: number, body: unknown): HttpResponse => ({
  kind: 'answer',
  status,
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
})
const refusal = (code: number, description: string, parameters?: object): HttpResponse[] => [
  answer(code, { ok: false, error_code: code, description, parameters }),
]
const sent = answer(200, { ok: true, result: { message_id: 40, chat: { id: 7_000_000_001 } } })
const rejected = (name: string, status: number, code: ProblemCode): Kit<TelegramConfig>['answers'][number] => ({
  name,
  answers: refusal(status, name),
  gives: { kind: 'rejected', problem: { code, providerCode: String(status), detail: name } },
})

/** The file that a part names, as long as it says it is: limits of size are checked on what the attachment says. */
export const telegramKit: Kit<TelegramConfig> = {
  config,
  otherSecrets: { ...config, token: '5000:AAAnotherAnotherAnotherAnotherAnother' },
  secrets: [token],
  now,
  to: '7000000001',
  fixtures,
  sign: signed,
  forgeries: [
    ({ headers: { 'x-telegram-bot-api-secret-token': _secret, ...headers }, ...request }) => ({ ...request, headers }),
    (request) => ({ ...request, headers: { ...request.headers, 'x-telegram-bot-api-secret-token': 'x' } }),
  ],
  breaks({ request, attachmentIds }: Part) {
    const parsed = sendFields.safeParse(request)
    if (!parsed.success) return [parsed.error.message]
    const sentFile = attachmentIds ? { bytes: Buffer.from('x'), mime: 'image/jpeg', name: 'x' } : undefined
    const doubt = doubtAbout(typeof request.method === 'string' ? request.method : '', parsed.data, sentFile)
    return doubt === null ? [] : [doubt]
  },
  wordsOf: ({ request }: Part) => {
    const words = request.text ?? request.caption
    return typeof words === 'string' ? words : ''
  },
  answers: [
    { name: 'a message', answers: [sent], gives: { kind: 'accepted', messageId: '7000000001/40' } },
    {
      name: 'a group that grew',
      answers: [
        ...refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1009 }),
        sent,
      ],
      gives: { kind: 'accepted', moved: '-1009' },
    },
    {
      name: 'too many',
      answers: refusal(429, 'Too Many Requests: retry after 5', { retry_after: 5 }),
      gives: { kind: 'retry', afterMs: 5000 },
    },
    {
      name: 'an error of theirs',
      answers: refusal(500, 'Internal Server Error'),
      gives: { kind: 'retry', afterMs: null },
    },
    { name: 'a gateway without patience', answers: [answer(504, 'x')], gives: { kind: 'unknown' } },
    { name: 'a page instead of an answer', answers: [answer(200, '<html>')], gives: { kind: 'unknown' } },
    rejected('Unauthorized', 401, 'credentials-refused'),
    rejected('Not Found', 404, 'credentials-refused'),
    rejected('Forbidden: bot was blocked by the user', 403, 'blocked-us'),
    rejected('Forbidden: user is deactivated', 403, 'unreachable'),
    rejected("Forbidden: bot can't initiate conversation with a user", 403, 'not-permitted'),
    rejected('Forbidden: bot was kicked from the supergroup chat', 403, 'not-permitted'),
    rejected('Bad Request: chat not found', 400, 'address-unknown'),
    rejected('Bad Request: BUSINESS_PEER_USAGE_MISSING', 400, 'window-closed'),
    rejected('Bad Request: BUSINESS_CONNECTION_INVALID', 400, 'not-connected'),
    rejected('Bad Request: message is too long', 400, 'too-long'),
    rejected('Request Entity Too Large', 413, 'too-large'),
    rejected('Bad Request: PHOTO_INVALID_DIMENSIONS', 400, 'media-refused'),
    rejected('Bad Request: VOICE_MESSAGES_FORBIDDEN', 400, 'not-permitted'),
    rejected('Bad Request: something new', 400, 'content-refused'),
  ],
}
