import { createHash } from 'node:crypto'
import { type Address, headerFields, type Header, type Mail, parseMailInWorker, readAddresses } from '@qiao/mail'
import type { Context, RawEvent, RawLetter } from '../contract.ts'
import { toJson } from '../without-undefined.ts'
import { mailAddress } from './address.ts'
import { bounceOfOurs } from './bounce.ts'
import { type Config, ownAddresses } from './config.ts'
import { deceptions } from './deceptions.ts'
import { conversationOf, isOwn, judgeMessageId } from './names.ts'
import { bareSubject, numberIn } from './subject.ts'
import type { Stored } from './stored.ts'
import { judgeSender, type Resolve } from './trust.ts'

export interface Arrival {
  raw: Buffer
  receivedAt: Date
  /** Orders those of one second. */
  number: number
  envelope: RawLetter['envelope'] | null
  told?: RawLetter['told']
  /** The body was too large to be fetched: these are its headers. */
  headersOnly?: true
}

/** Longer texts and HTML are kept beside the event. */
const mostText = 200_000

/** A mail as an event. Never throws for what is in it: what cannot be read is left out, and the original is kept. */
export async function takeMail(arrival: Arrival, context: Context<Config>, resolve: Resolve): Promise<RawEvent> {
  const { raw, receivedAt, number, envelope, headersOnly = false } = arrival
  const { config } = context
  const mail = await parseMailInWorker(raw)
  const fields = headerFields(raw)
  const own = ownAddresses(config)
  const key = context.key('letters')
  const from = boxOf(mail.from)
  const customer = customerOf(mail, from, own)
  const messageId = mail.messageId?.slice(0, 998) ?? `sha256:${createHash('sha256').update(raw).digest('hex')}`
  const bounce = bounceOfOurs(mail, raw, (id) => judgeMessageId(key, id) === 'ours')
  const isBack = [messageId, valueOf(fields, 'x-qiao-id')].some((id) => judgeMessageId(key, id) === 'ours')
  const kind = bounce ? 'bounce' : isBack ? 'own' : 'letter'
  const original = kind === 'letter' ? await context.keep(raw) : ''
  const ageMs = context.now().getTime() - receivedAt.getTime()
  const judged =
    kind === 'letter' && from.address !== '' && !headersOnly
      ? await judgeSender({ raw, fields, from: from.address, envelope, told: arrival.told, ageMs }, config, resolve)
      : undefined
  const belongs = receivers(fields, mail, envelope)
    .map((address) => conversationOf(key, address, own))
    .find((found) => found !== null)
  const quotesNumber = numberIn(mail.subject)
  const { text, warnings: cuts } = await textOf(mail, context, kind)

  const data: Stored = {
    kind,
    at: receivedAt.toISOString(),
    messageId,
    from,
    customer,
    replyTo: mail.replyTo.slice(0, 20).map(boxOf),
    to: mail.to.slice(0, 200).map(boxOf),
    cc: mail.cc.slice(0, 200).map(boxOf),
    copies: copiesOf(mail, customer, own),
    subject: cut(bareSubject(mail.subject), 998),
    ...text,
    answers: answersOf(mail).filter((id) => judgeMessageId(key, id) !== 'made-up'),
    ...(belongs ? { belongs } : {}),
    ...(quotesNumber ? { quotesNumber } : {}),
    ...automaticOf(mail.auto),
    ...(judged ? { trust: judged.trust, checks: judged.checks } : {}),
    ...(mail.forwarded ? { forwarded: forwardedOf(mail.forwarded) } : {}),
    ...(mail.calendar ? { invitation: mail.calendar } : {}),
    files: kind === 'letter' ? filesOf(mail, original) : [],
    original,
    warnings: [
      ...(headersOnly ? ['cut-size'] : mail.warnings.map((warning) => warning.replace(/[: ]+/gu, '-'))),
      ...cuts,
      ...deceptions(mail, from, own),
    ].slice(0, 20),
    ...(bounce ? { bounce } : {}),
  }
  return {
    id: mail.messageId ? `${messageId} ${digestOf(mail)}` : messageId,
    orderKey: customer.address || 'nobody',
    // Mailboxes keep whole seconds: within one the number decides.
    position: receivedAt.getTime() + (number % 4_000_000) / 4_000,
    data: toJson(data),
  }
}

/** Of what no server on the way changes: the same mail by two ways is one, another under the same id is another. */
const digestOf = (mail: Mail): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        mail.from?.address.toLowerCase() ?? '',
        mail.date,
        mail.subject,
        mail.text.replace(/\s+/gu, ''),
        mail.attachments.map(({ sha256 }) => sha256),
      ]),
    )
    .digest('hex')
    .slice(0, 16)

const cut = (text: string, most: number): string => text.replaceAll('\0', '').slice(0, most)
const orNull = (text: string | null, most: number): string | null => (text === null ? null : cut(text, most))
const boxOf = (given: Address | null): Stored['from'] => ({
  name: cut(given?.name ?? '', 200),
  address: mailAddress(given?.address ?? '') ?? cut(given?.address ?? '', 320),
})
const valueOf = (fields: readonly Header[], name: string): string =>
  fields.find((field) => field.name === name)?.value.trim() ?? ''

/** Forms and shops write in a customer's name, from an address that nobody reads. */
function customerOf(mail: Mail, from: Stored['from'], own: readonly string[]): Stored['from'] {
  const [only, ...more] = mail.replyTo.map(boxOf).filter(({ address }) => mailAddress(address) !== null)
  const isForm = isOwn(from.address, own) || /^(?:no|do-?not)[-_.]?reply|^noreply/u.test(from.address)
  if (only === undefined || more.length > 0 || !isForm || isOwn(only.address, own)) return from
  return { name: only.name || from.name, address: only.address }
}

const receivedFor = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']
function receivers(fields: readonly Header[], mail: Mail, envelope: Arrival['envelope']): string[] {
  const inFields = fields
    .filter(({ name }) => receivedFor.includes(name))
    .slice(0, 20)
    .flatMap(({ value }) => readAddresses(value))
  return [...(envelope?.to ?? []), ...[...inFields, ...mail.to, ...mail.cc].map(({ address }) => address)].slice(0, 500)
}

function copiesOf(mail: Mail, customer: Stored['from'], own: readonly string[]): Stored['copies'] {
  const others = [...mail.to, ...mail.cc]
    .map(boxOf)
    .filter(({ address }) => mailAddress(address) !== null && address !== customer.address && !isOwn(address, own))
  return [...new Map(others.map((box) => [box.address, box])).values()].slice(0, 50)
}

const answersOf = ({ inReplyTo, references }: Mail): string[] => [
  ...new Set([...(inReplyTo ? [inReplyTo] : []), ...references.slice(-49).toReversed()]),
]

async function textOf(mail: Mail, context: Context<Config>, kind: Stored['kind']) {
  const most = kind === 'letter' ? mostText : 2_000
  const bounded = {
    text: cut(mail.keptText, most),
    whole: cut(mail.text, most),
    quoted: cut(mail.quotedText, most),
    signature: cut(mail.signature, most),
  }
  const html = kind === 'letter' ? (mail.html?.replaceAll('\0', '') ?? null) : null
  const isLong = html !== null && html.length > mostText
  return {
    text: {
      ...bounded,
      html: isLong ? null : html,
      ...(isLong ? { htmlKept: await context.keep(Buffer.from(html)) } : {}),
    },
    warnings: mail.text.length > mostText ? ['cut-text'] : [],
  }
}

const automaticOf = ({ kind, answerable }: Mail['auto']): Pick<Stored, 'automatic' | 'answerable'> =>
  kind === 'none' ? (answerable ? {} : { answerable: false }) : { automatic: kind }

const forwardedOf = ({ from, subject, date }: NonNullable<Mail['forwarded']>): Stored['forwarded'] => ({
  from: from && boxOf(from),
  subject: orNull(subject, 998),
  date: orNull(date, 40),
})
const filesOf = ({ attachments }: Mail, original: string): Stored['files'] =>
  attachments.slice(0, 1_000).map(({ filename, mime, bytes, cid }, at) => ({
    id: `${original}:${at}`,
    name: cut(filename, 255) || 'file.bin',
    mime: mime.slice(0, 127),
    bytes,
    ...(cid ? { cid: cut(cid, 250) } : {}),
  }))
