import type { AttachmentKind } from '@qiao/protocol'
import type { Fixture } from '../conformance.ts'
import type { ChannelEvent, EventOf, ReceivedContent } from '../events.ts'
import type { Problem } from '../problem.ts'
import type { Config } from './config.ts'

/** As Twilio documents what it sends (README.md); signed by the kit. */

export const now = new Date('2026-07-01T10:00:00Z')
const at = now.toISOString()
export const testConfig: Config = {
  accountSid: 'AC0123456789abcdef0123456789abcdef',
  authToken: 'test-auth-token-of-twilio',
  sender: '+15550001111',
  mms: true,
  apiKeySid: 'SK0123456789abcdef0123456789abcdef',
  apiKeySecret: 'test-api-key-secret',
  sharedKeySecret: 'test-shared-key-secret',
  apiUrl: 'https://api.twilio.com',
  messagingUrl: 'https://messaging.twilio.com',
}

const { accountSid: AccountSid, sender: To } = testConfig
const From = '+15552223333'
const sid = 'SM00000000000000000000000000000001'
const from = { address: From, aliases: [{ kind: 'phone' as const, value: From }] }
const message = (fields: object) => ({
  ToCountry: 'US',
  MessageSid: sid,
  SmsMessageSid: sid,
  SmsSid: sid,
  SmsStatus: 'received',
  FromCity: 'OAKLAND',
  FromState: 'CA',
  FromCountry: 'US',
  NumMedia: '0',
  NumSegments: '1',
  AccountSid,
  From,
  To,
  ApiVersion: '2010-04-01',
  SomethingNew: 'that nobody knows yet',
  ...fields,
})
const extra = { to: To, place: 'OAKLAND, CA, US' }
const media = (name: string) => `https://api.twilio.com/2010-04-01/Accounts/${AccountSid}/Messages/${sid}/Media/${name}`
const heard = (content: ReceivedContent, more: Partial<EventOf<'message'>> = {}): ChannelEvent => ({
  kind: 'message',
  at,
  from,
  id: sid,
  content,
  extra,
  ...more,
})
const further = (number: number, content: ReceivedContent): ChannelEvent => ({
  kind: 'message',
  at,
  from,
  id: `${sid}/${number}`,
  content,
})
const file = (type: AttachmentKind, name: string, mime: string, caption?: string): ReceivedContent => ({
  type,
  media: { url: media(name), mime, id: name },
  ...(caption === undefined ? {} : { caption }),
})

const status = (state: string, fields: object = {}) => ({
  SmsSid: sid,
  SmsStatus: state,
  MessageStatus: state,
  MessageSid: sid,
  To: From,
  From: To,
  AccountSid,
  ApiVersion: '2010-04-01',
  ...fields,
})
const mark = (state: EventOf<'receipt'>['state'], problem?: Problem): ChannelEvent => ({
  kind: 'receipt',
  at,
  to: From,
  state,
  messageId: sid,
  key: 'send-1',
  ...(problem ? { problem } : {}),
})

type Given = Omit<Fixture, 'request'> & {
  fields: Readonly<Record<string, string>>
  query?: string
  get?: true
  json?: true
}

const marked = (name: string, fields: Given['fields'], events: readonly ChannelEvent[]): Given => ({
  name,
  fields,
  query: '?key=send-1',
  ids: [`${sid}:${fields.MessageStatus}`],
  events,
})

export const fixtures: readonly Given[] = [
  {
    name: 'text',
    fields: message({ Body: '在吗？ 😀' }),
    ids: [sid],
    events: [heard({ type: 'text', text: '在吗？ 😀', markup: 'none' })],
  },
  {
    name: 'text by GET',
    fields: message({ Body: 'Hi & bye' }),
    get: true,
    ids: [sid],
    events: [heard({ type: 'text', text: 'Hi & bye', markup: 'none' })],
  },
  {
    name: 'text to a messaging service, of three segments',
    fields: message({ Body: 'Long', MessagingServiceSid: `MG${'0'.repeat(32)}`, NumSegments: '3' }),
    events: [heard({ type: 'text', text: 'Long', markup: 'none' }, { extra: { ...extra, segments: '3' } })],
  },
  {
    name: 'files of every kind, with words',
    fields: message({
      Body: '坏了',
      NumMedia: '5',
      MediaUrl0: media('ME1'),
      MediaContentType0: 'image/jpeg',
      MediaUrl1: media('ME2'),
      MediaContentType1: 'audio/amr',
      MediaUrl2: media('ME3'),
      MediaContentType2: 'video/mp4',
      MediaUrl3: media('ME4'),
      MediaContentType3: 'text/x-vcard',
      MediaUrl4: media('ME5'),
      MediaContentType4: 'application/smil',
    }),
    ids: [sid],
    events: [
      heard(file('image', 'ME1', 'image/jpeg', '坏了')),
      further(1, file('audio', 'ME2', 'audio/amr')),
      further(2, file('video', 'ME3', 'video/mp4')),
      further(3, file('file', 'ME4', 'text/x-vcard')),
    ],
  },
  {
    name: 'nothing at all',
    fields: message({ Body: '' }),
    events: [heard({ type: 'unsupported', summary: 'An empty message' })],
  },
  {
    name: 'a usual word for stop, which the capabilities know',
    fields: message({ Body: 'Stop', OptOutType: 'STOP' }),
    events: [heard({ type: 'text', text: 'Stop', markup: 'none' }, { extra: { ...extra, optOutType: 'STOP' } })],
  },
  {
    name: "the account's own words for stop",
    fields: message({ Body: 'ARRET', OptOutType: 'STOP' }),
    events: [
      heard({ type: 'text', text: 'ARRET', markup: 'none' }, { extra: { ...extra, optOutType: 'STOP' } }),
      { kind: 'consent', at, from, wanted: false },
    ],
  },
  {
    name: "the account's own words for start",
    fields: message({ Body: 'OUI', OptOutType: 'START' }),
    events: [
      heard({ type: 'text', text: 'OUI', markup: 'none' }, { extra: { ...extra, optOutType: 'START' } }),
      { kind: 'consent', at, from, wanted: true },
    ],
  },
  {
    name: 'a word for help, which is a message as others',
    fields: message({ Body: 'HELP', OptOutType: 'HELP' }),
    events: [heard({ type: 'text', text: 'HELP', markup: 'none' }, { extra: { ...extra, optOutType: 'HELP' } })],
  },
  {
    name: 'of a short code',
    fields: message({ From: '22000', Body: 'Your code' }),
    events: [heard({ type: 'text', text: 'Your code', markup: 'none' }, { from: { address: '22000' } })],
  },
  {
    name: 'of a name that nobody can answer',
    fields: message({ From: 'BANK', Body: 'Your code' }),
    events: [{ kind: 'unknown', at, summary: 'A message of “BANK”: Your code' }],
  },
  marked('queued', status('queued'), [{ kind: 'nothing', why: 'The message is queued' }]),
  marked('sent', status('sent'), [mark('sent')]),
  marked('delivered', status('delivered', { RawDlrDoneDate: '2607011000' }), [mark('delivered')]),
  marked('undelivered', status('undelivered', { ErrorCode: '30003' }), [
    mark('failed', { code: 'unreachable', providerCode: '30003' }),
  ]),
  marked('failed with words', status('failed', { ErrorCode: '30007', ErrorMessage: 'Message filtered' }), [
    mark('failed', { code: 'content-refused', providerCode: '30007', detail: 'Message filtered' }),
  ]),
  marked('canceled', status('canceled'), [mark('failed', { code: 'provider-failed', providerCode: 'canceled' })]),
  marked('a status that is new', status('teleported'), [
    { kind: 'unknown', at, summary: `A status “teleported” of ${From}` },
  ]),
]
