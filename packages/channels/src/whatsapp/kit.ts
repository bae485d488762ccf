import type { Kit } from '../conformance.ts'
import type { HttpResponse, Part, RawRequest } from '../contract.ts'
import { isObject, type JsonObject } from '../json.ts'
import { signedDelivery } from '../families/meta/simulator.ts'
import { objectIn, signatureOf, textIn } from '../families/meta/webhook.ts'
import type { Config } from './config.ts'
import { fixtures } from './fixtures.ts'
import { withHeaderMedia } from './send.ts'
import { checkMessage } from './simulator-rules.ts'

export const testConfig: Config = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  accessToken: 'EAAtest-access-token',
  appSecret: 'test-app-secret',
  verifyToken: 'test-verify-token',
  apiUrl: 'https://graph.example/v26.0',
}

export const signedRequest = (body: Buffer): RawRequest => ({
  method: 'POST',
  url: new URL('https://qiao.example/channels/wa'),
  headers: { 'x-hub-signature-256': `sha256=${signatureOf(body, testConfig.appSecret)}` },
  body,
})
/** As Meta writes and signs it. */
const requestOf = (body: object): RawRequest =>
  signedRequest(Buffer.from(String(signedDelivery('', body, testConfig.appSecret).body)))

const answer = (status: number, body: object, headers = {}): HttpResponse => ({
  kind: 'answer',
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
})
const error = (status: number, code: number, message = `(#${code}) Said by Meta`): HttpResponse =>
  answer(status, { error: { message, type: 'OAuthException', code, fbtrace_id: 'A' } })

const refusals: readonly [number, number, string, 'retry' | 'rejected'][] = [
  [401, 190, 'credentials-refused', 'rejected'],
  [403, 10, 'not-permitted', 'rejected'],
  [403, 200, 'not-permitted', 'rejected'],
  [400, 100, 'content-refused', 'rejected'],
  [429, 4, 'rate-limited', 'retry'],
  [400, 80007, 'rate-limited', 'retry'],
  [429, 130429, 'rate-limited', 'retry'],
  [400, 131056, 'rate-limited', 'retry'],
  [400, 131048, 'rate-limited', 'retry'],
  [400, 133016, 'rate-limited', 'retry'],
  [500, 131000, 'provider-failed', 'retry'],
  [503, 131016, 'provider-failed', 'retry'],
  [500, 131057, 'provider-failed', 'retry'],
  [500, 1, 'provider-failed', 'retry'],
  [400, 131047, 'window-closed', 'rejected'],
  [400, 131026, 'unreachable', 'rejected'],
  [400, 131021, 'address-unknown', 'rejected'],
  [400, 131030, 'not-permitted', 'rejected'],
  [400, 131031, 'account-restricted', 'rejected'],
  [403, 368, 'account-restricted', 'rejected'],
  [400, 131042, 'payment-needed', 'rejected'],
  [400, 131049, 'quota-used', 'rejected'],
  [400, 131050, 'notice-unwanted', 'rejected'],
  [400, 131051, 'unsupported', 'rejected'],
  [400, 131053, 'media-refused', 'rejected'],
  [400, 131062, 'unsupported', 'rejected'],
  [404, 132001, 'template-refused', 'rejected'],
  [400, 132000, 'template-refused', 'rejected'],
  [400, 132015, 'template-refused', 'rejected'],
  [400, 132018, 'template-refused', 'rejected'],
  [400, 133010, 'not-connected', 'rejected'],
  [418, 999_999, 'content-refused', 'rejected'],
]

export const kit: Kit<Config> = {
  config: testConfig,
  otherSecrets: { ...testConfig, appSecret: 'another-app-secret', verifyToken: 'another-verify-token' },
  secrets: [testConfig.accessToken, testConfig.appSecret, testConfig.verifyToken],
  now: new Date('2026-07-01T10:00:00Z'),
  fixtures: fixtures.map(({ body, ...fixture }) => ({ ...fixture, request: requestOf(body) })),
  sign: signedRequest,
  forgeries: [
    (request) => ({ ...request, headers: {} }),
    (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) }),
    (request) => ({ ...request, headers: { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` } }),
    (request) => ({ ...request, headers: { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` } }),
  ],
  breaks(part) {
    const message = checkMessage(withUploads(part))
    return 'code' in message ? [`${message.message}: ${message.details}`] : []
  },
  wordsOf: ({ request }) =>
    [request.text, request.image, request.video, request.document]
      .flatMap((object) => (isObject(object) ? (object.body ?? object.caption ?? []) : []))
      .filter((words) => typeof words === 'string')
      .join(''),
  to: '8613800000001',
  answers: [
    {
      name: 'accepted',
      answers: [
        answer(200, {
          messaging_product: 'whatsapp',
          contacts: [{ input: '8613800000001', wa_id: '8613800000001' }],
          messages: [{ id: 'wamid.A' }],
        }),
      ],
      gives: { kind: 'accepted', messageId: 'wamid.A' },
    },
    {
      name: 'accepted under another number',
      answers: [
        answer(200, { contacts: [{ input: '8613800000001', wa_id: '8613800000002' }], messages: [{ id: 'wamid.A' }] }),
      ],
      gives: { kind: 'accepted', messageId: 'wamid.A', moved: '8613800000002' },
    },
    ...refusals.map(([status, code, problem, kind]) => ({
      name: `${code} (${problem})`,
      answers: [error(status, code)],
      gives: { kind },
    })),
    {
      name: '190 that repeats the token',
      answers: [error(401, 190, `Malformed access token ${testConfig.accessToken}`)],
      gives: { kind: 'rejected' },
    },
    {
      name: '429 without words',
      answers: [answer(429, {}, { 'retry-after': '7' })],
      gives: { kind: 'retry', afterMs: 7000 },
    },
    { name: 'of a gateway that gave up', answers: [answer(504, {})], gives: { kind: 'unknown' } },
    {
      name: 'that cannot be read',
      answers: [{ kind: 'answer', status: 200, headers: {}, body: Buffer.from('<html>') }],
      gives: { kind: 'unknown' },
    },
  ],
}

export const problemsByCode = refusals.map(([status, code, problem]) => ({
  code,
  problem,
  answer: error(status, code),
}))

/** What `send` adds: the id that the upload gave. */
function withUploads({ request, attachmentIds }: Part): JsonObject {
  const type = textIn(request.type) ?? ''
  const object = objectIn(request[type])
  if (type === 'template' && attachmentIds?.length) return withHeaderMedia(request, '1013859600285441')
  return attachmentIds?.length ? { ...request, [type]: { ...object, id: '1013859600285441' } } : request
}
