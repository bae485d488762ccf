import { createHash, createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import type { Accepted, Context, RawResponse } from '../contract.ts'
import { parseJson } from '../json.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'
import { sesReceipt, sesSender } from './service-verdicts.ts'
import { namedInBucket } from './ses-object.ts'

const notification = z.object({
  Type: z.string(),
  TopicArn: z.string(),
  Message: z.string().optional(),
  SubscribeURL: z.string().optional(),
})
const received = z.object({
  mail: z.object({ source: z.string().catch('') }).catch({ source: '' }),
  receipt: sesReceipt,
  content: z.string().min(1),
})

const ok: RawResponse = { status: 200, body: '' }
const refuse = (reason: string): Accepted => ({ kind: 'refused', reason, response: { status: 403, body: '' } })

const noBucket = 'The mail is in S3: bucket and access key have to be set here'
const withoutBucket: Accepted = {
  kind: 'refused',
  reason: noBucket,
  problem: { code: 'mail-incomplete', detail: noBucket },
  response: { status: 403, body: '' },
}

/**
 * Amazon SES by the action “SNS”, with the mail in the notification, or by the action “S3”, where it only names it. Its signatures are by certificates that have to be fetched: `proveSns` does that.
 * https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
 */
export function acceptSns(body: Buffer, { topicArn, s3Bucket }: Config): Accepted {
  const call = notification.safeParse(parseJson(body))
  if (!call.success) return refuse('Not a notification of SNS')
  const { Type, TopicArn, Message = '', SubscribeURL = '' } = call.data
  if (TopicArn !== topicArn) return refuse(`Another topic: ${TopicArn.slice(0, 200)}`)
  if (Type === 'SubscriptionConfirmation') {
    return isOfAmazon(SubscribeURL)
      ? { kind: 'accepted', events: [], pull: true, hint: { subscribe: SubscribeURL }, response: ok }
      : refuse('The address to confirm at is not Amazon’s')
  }
  if (Type !== 'Notification') return { kind: 'answer', response: ok }
  const named = namedInBucket(parseJson(Message))
  if (named) return s3Bucket === '' ? withoutBucket : { kind: 'accepted', events: [named], response: ok }
  const letter = received.safeParse(parseJson(Message))
  // Setting an action up sends a notification of its own.
  if (!letter.success && /AMAZON_SES_SETUP_NOTIFICATION/u.test(Message)) return { kind: 'answer', response: ok }
  if (!letter.success)
    return refuse('It holds no mail: the action has to be SNS, with the mail in it (Base64), or S3 with this topic')
  const { mail, receipt, content } = letter.data
  const isBase64 = /^[A-Za-z0-9+/=\s]+$/u.test(content.slice(0, 200))
  const raw = Buffer.from(content, isBase64 ? 'base64' : 'utf8')
  const { remoteAddress, helo, told } = sesSender(raw, mail.source, receipt)
  const envelope = { from: mail.source, to: receipt.recipients, remoteAddress, helo }
  return { kind: 'letters', letters: [{ raw, envelope, told }], response: ok }
}

const isOfAmazon = (url: string): boolean =>
  URL.canParse(url) && /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\//u.test(url)

const signed = z.object({
  Type: z.string(),
  SignatureVersion: z.string(),
  Signature: z.base64(),
  SigningCertURL: z.string(),
})
/** What is signed, in this order, each name and value on a line of its own; what is not there is left out. */
const signedFields = (type: string): readonly string[] =>
  type === 'Notification'
    ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
    : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
const digests = new Map([
  ['1', 'sha1'],
  ['2', 'sha256'],
])
const day = 86_400_000

/**
 * Whether Amazon signed it: null when it did, else why that cannot be said.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html
 */
export async function proveSns(
  body: Buffer,
  { http, tokens }: Pick<Context<Config>, 'http' | 'tokens'>,
): Promise<string | Problem | null> {
  const call = z.record(z.string(), z.unknown()).safeParse(parseJson(body)).data ?? {}
  const given = signed.safeParse(call)
  const digest = given.success ? digests.get(given.data.SignatureVersion) : undefined
  if (!given.success || digest === undefined) return 'It is not signed in a way that we know'
  const { Type, Signature, SigningCertURL: url } = given.data
  if (!isOfAmazon(url) || !url.endsWith('.pem')) return 'The address of its certificate is not Amazon’s'
  const name = `certificate ${createHash('sha256').update(url).digest('hex').slice(0, 32)}`
  const certificate = await tokens.get(name, async () => {
    const answer = await http(url, {})
    if (answer.kind === 'silence') return { code: 'no-answer', detail: answer.reason }
    if (answer.status !== 200) return { code: 'provider-failed', providerCode: String(answer.status) }
    return { value: answer.body.toString(), expiresInMs: day }
  })
  if (typeof certificate !== 'string') return certificate
  const lines = signedFields(Type).flatMap((field) =>
    typeof call[field] === 'string' ? [`${field}\n${call[field]}\n`] : [],
  )
  return isSigned(digest, lines.join(''), certificate, Signature) ? null : 'The signature is wrong'
}

function isSigned(digest: string, text: string, certificate: string, signature: string): boolean {
  try {
    return verify(digest, Buffer.from(text), createPublicKey(certificate), Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** SNS calls once somebody has opened the address that it sent. */
export async function confirmSubscription(
  hint: Record<string, unknown>,
  { http }: Context<Config>,
): Promise<Problem | null> {
  const { subscribe } = hint
  if (typeof subscribe !== 'string' || !isOfAmazon(subscribe)) return null
  const answer = await http(subscribe, {})
  if (answer.kind === 'silence') return { code: 'no-answer', detail: answer.reason }
  return answer.status === 200 ? null : { code: 'callback-wrong', providerCode: String(answer.status) }
}
