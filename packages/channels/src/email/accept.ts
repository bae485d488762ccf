import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Accepted, Context, RawRequest, RawResponse } from '../contract.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { formFields } from './form-fields.ts'
import { mailgunSender, sendGridChecks } from './service-verdicts.ts'
import { acceptSns, proveSns } from './sns.ts'
import { parseJson } from '../json.ts'

const ok: RawResponse = { status: 200, body: '' }
const refuse = (reason: string) => ({ kind: 'refused' as const, reason, response: { status: 403, body: '' } })

/** The service itself called, with less than the mail. */
export const incomplete = (reason: string): Accepted => ({
  ...refuse(reason),
  problem: { code: 'mail-incomplete', detail: reason },
})

/** Services that take mail for the address and hand it over as it came. */
export function accept(request: RawRequest, config: Config, now: Date): Accepted {
  const { method, headers, body } = request
  if (method !== 'POST') return { kind: 'answer', response: ok }
  const fields = () => formFields(body, headers['content-type'] ?? '')
  switch (config.webhook) {
    case 'sendgrid':
      return acceptSendGrid(fields())
    case 'mailgun':
      return acceptMailgun(fields(), config, now)
    case 'ses':
      return acceptSns(body, config)
    default:
      return refuse('No service is chosen that hands mail over')
  }
}

/** Mailgun’s signature needs only its key, and SendGrid has none. */
export const prove = async ({ body }: RawRequest, context: Context<Config>): Promise<string | Problem | null> =>
  context.config.webhook === 'ses' ? proveSns(body, context) : null

const sendGridEnvelope = z.object({ from: z.string().catch(''), to: z.array(z.string()).catch([]) })

/** Not signed: only SendGrid knows the address. https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook */
function acceptSendGrid(fields: ReadonlyMap<string, Buffer>): Accepted {
  const raw = fields.get('email')
  if (!raw) return incomplete('There is no whole mail in it: “POST the raw, full MIME message” has to be ticked')
  const given = sendGridEnvelope.safeParse(parseJson(textOf(fields, 'envelope')))
  const { from, to } = given.data ?? { from: '', to: [] }
  const envelope = { from, to, remoteAddress: textOf(fields, 'sender_ip') || null, helo: null }
  const told = sendGridChecks({ from, spf: textOf(fields, 'SPF'), dkim: textOf(fields, 'dkim') })
  return { kind: 'letters', letters: [{ raw, envelope, told }], response: ok }
}

/** Repeats go on for eight hours; one that comes late is known by its id. */
const oldestMs = 24 * 3_600_000

/** https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http */
function acceptMailgun(fields: ReadonlyMap<string, Buffer>, { webhookKey = '' }: Config, now: Date): Accepted {
  const [timestamp, token, signature] = [
    textOf(fields, 'timestamp'),
    textOf(fields, 'token'),
    textOf(fields, 'signature'),
  ]
  const expected = createHmac('sha256', webhookKey)
    .update(timestamp + token)
    .digest('hex')
  const isSigned =
    webhookKey !== '' &&
    signature.length === expected.length &&
    timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
  if (!isSigned) return refuse('The signature is wrong')
  const ageMs = now.getTime() - Number(timestamp) * 1000
  if (!(Math.abs(ageMs) <= oldestMs)) return refuse('The signature is too old')
  const raw = fields.get('body-mime')
  if (!raw) return incomplete('There is no whole mail in it: the address in the route has to end with “?format=mime”')
  const to = textOf(fields, 'recipient').split(',')
  const from = textOf(fields, 'sender')
  const { remoteAddress, helo, told } = mailgunSender(raw, from)
  return { kind: 'letters', letters: [{ raw, envelope: { from, to, remoteAddress, helo }, told }], response: ok }
}

const textOf = (fields: ReadonlyMap<string, Buffer>, name: string): string =>
  (fields.get(name)?.toString() ?? '').trim()
