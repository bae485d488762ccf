import { z } from 'zod'
import type { ChannelEvent, Peer } from '../events.ts'
import type { Json } from '../json.ts'
import type { Problem } from '../problem.ts'
import { mailAddress } from './address.ts'
import { type Stored, stored } from './stored.ts'

const timed = z.object({ at: z.iso.datetime() })
const named = z.object({ kind: z.literal('in-s3'), bucket: z.string(), key: z.string() })

export function normalise(data: Json): ChannelEvent[] {
  const parsed = stored.safeParse(data)
  if (!parsed.success) {
    const at = timed.safeParse(data).data?.at ?? new Date(0).toISOString()
    const place = named.safeParse(data).data
    const summary = place
      ? `The mail could not be fetched from S3: ${place.bucket}/${place.key}`
      : 'It has not the form of what we store'
    return [{ kind: 'unknown', at, summary: summary.slice(0, 500) }]
  }
  switch (parsed.data.kind) {
    case 'own':
      return [{ kind: 'nothing', why: 'What we sent came back' }]
    case 'bounce':
      return parsed.data.bounce ? bounced(parsed.data.at, parsed.data.bounce) : []
    default:
      return [letterOf(parsed.data)]
  }
}

function bounced(at: string, bounce: NonNullable<Stored['bounce']>): ChannelEvent[] {
  const { kind, recipient, status, diagnostic, messageId } = bounce
  const problem: Problem = {
    code:
      kind === 'delay' ? 'no-answer' : kind === 'hard' ? 'unreachable' : codeOfReason(status ?? '', diagnostic ?? ''),
    ...(diagnostic ? { detail: diagnostic } : {}),
    ...(status ? { providerCode: status } : {}),
  }
  if (kind === 'delay') return [{ kind: 'receipt', at, to: recipient, state: 'delayed', messageId, problem }]
  const failed: ChannelEvent = { kind: 'receipt', at, to: recipient, state: 'failed', messageId, problem }
  return kind === 'hard' && recipient !== ''
    ? [failed, { kind: 'unreachable', at, address: recipient, problem }]
    : [failed]
}

/** Providers in China give no enhanced code, or one that says nothing, and tell the reason in words. */
function codeOfReason(status: string, diagnostic: string): Problem['code'] {
  if (status !== '' && !status.endsWith('.0.0') && !status.endsWith('.5.0')) return codeOf(status)
  if (/frequency|too many|rate limit|频率/iu.test(diagnostic)) return 'rate-limited'
  if (/^\s*552|too large|message size|超出大小/iu.test(diagnostic)) return 'too-large'
  return /spam|dt:spm|content|垃圾|virus|dmarc/iu.test(diagnostic) ? 'content-refused' : codeOf(status)
}

/** RFC 3463: the class does not matter once it has failed. */
export function codeOf(status: string): Problem['code'] {
  if (/^[45]\.2\.2/u.test(status)) return 'provider-failed'
  if (/^[45]\.2\.3|^[45]\.3\.4/u.test(status)) return 'too-large'
  // These two speak of who sends: the address does not exist, or may send no more.
  if (/^[45]\.1\.[78]$/u.test(status)) return 'account-restricted'
  if (/^[45]\.(?:1\.\d|2\.1|4\.4)/u.test(status)) return 'unreachable'
  if (/^[45]\.(?:6|7)\./u.test(status)) return 'content-refused'
  return 'provider-failed'
}

function letterOf(given: Stored): ChannelEvent {
  const { at, customer, from, to, cc, copies, subject, text, whole, quoted, signature, html, answers, replyTo } = given
  if (mailAddress(customer.address) === null) {
    return { kind: 'unknown', at, summary: `A mail without a sender who could be answered: “${subject}”` }
  }
  // Anybody can write any From: it says who somebody is where their domain stands for it.
  const claimed = given.trust !== 'verified' || customer.address !== from.address
  const {
    automatic,
    answerable,
    trust,
    checks,
    forwarded,
    invitation,
    htmlKept,
    belongs,
    quotesNumber,
    files,
    original,
    warnings,
  } = given
  return {
    kind: 'message',
    at,
    from: {
      ...peerOf(customer),
      claimed,
      ...(claimed ? {} : { aliases: [{ kind: 'email' as const, value: customer.address }] }),
    },
    id: given.messageId,
    content: {
      type: 'mail',
      subject,
      from,
      to,
      cc,
      text,
      whole,
      quoted,
      signature,
      html,
      ...(htmlKept ? { htmlKept } : {}),
      files: files.map(({ cid, ...file }) => ({ ...file, ...(cid ? { cid } : {}) })),
      original,
      ...(forwarded ? { forwarded } : {}),
      ...(automatic ? { automatic } : {}),
      ...(answerable === false ? { answerable } : {}),
      ...(trust ? { trust } : {}),
      ...(checks ? { checks } : {}),
      ...(invitation ? { invitation } : {}),
      warnings,
    },
    ...(answers.length > 0 ? { answers } : {}),
    ...(belongs ? { belongs: { conversationId: belongs } } : {}),
    ...(quotesNumber ? { quotesNumber } : {}),
    ...(copies.length > 0 ? { copies: copies.map(peerOf) } : {}),
    ...(replyTo.length > 0 ? { extra: { replyTo } } : {}),
  }
}

const peerOf = ({ name, address }: Stored['from']): Peer => ({ address, ...(name ? { name } : {}) })
