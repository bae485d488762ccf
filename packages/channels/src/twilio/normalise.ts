import { z } from 'zod'
import type { ChannelEvent, EventOf, Peer, ReceivedContent } from '../events.ts'
import { phoneAddress, phoneAliases } from '../families/sms/phone-address.ts'
import type { Json } from '../json.ts'
import { consentOf } from '../consent.ts'
import { capabilities } from './capabilities.ts'
import { codeOf } from './errors.ts'

const stored = z.object({
  receivedAt: z.iso.datetime(),
  fields: z.record(z.string(), z.string()),
  key: z.string().optional(),
})
type Stored = z.infer<typeof stored>

export function normalise(data: Json): ChannelEvent[] {
  const parsed = stored.safeParse(data)
  if (!parsed.success)
    return [{ kind: 'unknown', at: timeIn(data), summary: 'It has not the form of what Twilio sends' }]
  const { fields, receivedAt } = parsed.data
  const status = fields.MessageStatus ?? fields.SmsStatus ?? 'received'
  return status === 'received' || status === 'receiving'
    ? received(fields, receivedAt)
    : [receiptOf(status, parsed.data)]
}

const timed = z.object({ receivedAt: z.iso.datetime() })
const timeIn = (data: Json): string => timed.safeParse(data).data?.receivedAt ?? new Date(0).toISOString()

type Mark = EventOf<'receipt'>['state']
const marks: Readonly<Record<string, Mark>> = {
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'failed',
  undelivered: 'failed',
  canceled: 'failed',
}
const underway = ['queued', 'accepted', 'scheduled', 'sending']

function receiptOf(status: string, { fields, receivedAt: at, key }: Stored): ChannelEvent {
  const state = marks[status]
  const to = phoneAddress(fields.To ?? '')
  const messageId = fields.MessageSid ?? fields.SmsSid
  if (underway.includes(status)) return { kind: 'nothing', why: `The message is ${status}` }
  if (!state || !to || !messageId)
    return { kind: 'unknown', at, summary: `A status “${status}” of ${fields.To ?? 'nobody'}` }
  return {
    kind: 'receipt',
    at,
    to,
    state,
    messageId,
    ...(key === undefined ? {} : { key }),
    ...(state === 'failed' ? { problem: problemIn(fields, status) } : {}),
  }
}

function problemIn({ ErrorCode: code = '', ErrorMessage: detail }: Stored['fields'], status: string) {
  const number = /^\d{4,6}$/u.test(code) ? Number(code) : null
  return {
    code: codeOf(number, 'provider-failed'),
    providerCode: number === null ? status : code,
    ...(detail ? { detail } : {}),
  }
}

function received(fields: Stored['fields'], at: string): ChannelEvent[] {
  const address = phoneAddress(fields.From ?? '')
  const id = fields.MessageSid ?? fields.SmsSid
  if (!address || !id)
    return [{ kind: 'unknown', at, summary: `A message of “${fields.From ?? ''}”: ${fields.Body ?? ''}` }]
  const from: Peer = { address, ...phoneAliases(address) }
  const extra = extraOf(fields)
  const messages = contentsOf(fields).map((content, at_): ChannelEvent => ({
    kind: 'message',
    at,
    from,
    id: at_ === 0 ? id : `${id}/${at_}`,
    content,
    ...(at_ === 0 && extra ? { extra } : {}),
  }))
  const wanted = wantedBy(fields)
  return wanted === null ? messages : [...messages, { kind: 'consent', at, from, wanted }]
}

/** Words of the account's own for stop and start: the usual ones are known by the capabilities. */
function wantedBy({ OptOutType: type, Body: text = '' }: Stored['fields']): boolean | null {
  const wanted = type === 'STOP' ? false : type === 'START' ? true : null
  return wanted !== null && consentOf(text, capabilities) === (wanted ? 'start' : 'stop') ? null : wanted
}

function contentsOf(fields: Stored['fields']): ReceivedContent[] {
  const text = fields.Body ?? ''
  const files = mediaOf(fields)
  if (files.length > 0) return files.map((file, at) => (at === 0 && text !== '' ? { ...file, caption: text } : file))
  if (text.trim() !== '') return [{ type: 'text', text, markup: 'none' }]
  return [{ type: 'unsupported', summary: 'An empty message' }]
}

function mediaOf(fields: Stored['fields']) {
  const count = Math.min(Number(fields.NumMedia ?? 0) || 0, 50)
  return Array.from({ length: count }, (_, at) => at).flatMap((at) => {
    const url = fields[`MediaUrl${at}`]
    const mime = fields[`MediaContentType${at}`] ?? 'application/octet-stream'
    // The frame in which phones lay out an MMS is no file that anybody sent.
    if (url === undefined || mime === 'application/smil') return []
    const id = url.split('/').at(-1)?.split('?')[0]
    return [{ type: kindOf(mime), media: { url, mime, ...(id ? { id } : {}) } } as const]
  })
}

function kindOf(mime: string) {
  const [kind] = mime.split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

function extraOf({ To, FromCity, FromState, FromCountry, NumSegments, OptOutType }: Stored['fields']): Json | null {
  const place = [FromCity, FromState, FromCountry].filter(Boolean).join(', ')
  const extra = {
    ...(To ? { to: To } : {}),
    ...(place ? { place } : {}),
    ...(NumSegments && NumSegments !== '1' ? { segments: NumSegments } : {}),
    ...(OptOutType ? { optOutType: OptOutType } : {}),
  }
  return Object.keys(extra).length > 0 ? extra : null
}
