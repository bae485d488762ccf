import type { Fixture } from '../conformance.ts'
import type { JsonObject } from '../json.ts'
import type { ChannelEvent } from '../events.ts'
import type { Config } from './config.ts'
import { config } from './config.ts'

/** What the link stores of a deliver_sm, by the specification. */

export const now = new Date('2026-07-01T10:00:00Z')
const receivedAt = now.toISOString()
export const testConfig: Config = config.parse({
  host: 'smsc.example',
  systemId: 'qiao',
  password: 'secret08',
  sender: '106900001111',
})

const source = '8613800001234'
const address = `+${source}`
const from = { address, aliases: [{ kind: 'phone' as const, value: address }] }
const hex = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding).toString('hex')
const wide = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex')

const data = (fields: JsonObject): JsonObject => ({
  id: 'one',
  receivedAt,
  source,
  sourceTon: 1,
  destination: '106900001111',
  esmClass: 0,
  dataCoding: 0,
  bodies: [hex('Hello')],
  ...fields,
})
const text = (words: string, more: JsonObject = {}, peer: typeof from | { address: string } = from): ChannelEvent[] => [
  {
    kind: 'message',
    at: receivedAt,
    from: peer,
    id: 'one',
    content: { type: 'text', text: words, markup: 'none' },
    extra: { to: '106900001111', ...more },
  },
]
const unsupported = (summary: string): ChannelEvent[] => [
  {
    kind: 'message',
    at: receivedAt,
    from,
    id: 'one',
    content: { type: 'unsupported', summary },
    extra: { to: '106900001111' },
  },
]
const receipt = (stat: string, err = '000') =>
  data({
    esmClass: 4,
    bodies: [
      hex(
        `id:0123456789 sub:001 dlvrd:001 submit date:2611220101 done date:2611220102 stat:${stat} err:${err} text:hello`,
      ),
    ],
  })
const mark = (state: 'sent' | 'delivered' | 'failed', more: object = {}): ChannelEvent[] => [
  { kind: 'receipt', at: receivedAt, to: address, messageId: '0123456789', state, ...more },
]

export const fixtures: readonly Fixture[] = [
  { name: 'letters of GSM', data: data({ bodies: ['00011b651b28'] }), events: text('@£€{') },
  { name: 'UCS-2', data: data({ dataCoding: 8, bodies: [wide('在吗？ 😀')] }), events: text('在吗？ 😀') },
  { name: 'Latin 1', data: data({ dataCoding: 3, bodies: [hex('Ça va ?')] }), events: text('Ça va ?') },
  { name: 'Cyrillic', data: data({ dataCoding: 6, bodies: ['bfe0d8d2d5e2'] }), events: text('Привет') },
  { name: 'a class of GSM', data: data({ dataCoding: 0xf1, bodies: [hex('Flash')] }), events: text('Flash') },
  {
    name: 'three parts with a letter across two',
    data: data({ esmClass: 0x40, dataCoding: 8, bodies: [wide('好').slice(0, 2), wide('好').slice(2), wide('的')] }),
    events: text('好的', { segments: 3 }),
  },
  {
    name: 'a part that never came',
    data: data({ esmClass: 0x40, bodies: [hex('One '), null, hex(' three')] }),
    events: text('One  […]  three', { segments: 3, missing: 1 }),
  },
  {
    name: 'of a short code',
    data: data({ source: '10086', sourceTon: 3 }),
    events: text('Hello', {}, { address: '10086' }),
  },
  {
    name: 'of a name',
    data: data({ source: 'BANK', sourceTon: 5 }),
    events: [{ kind: 'unknown', at: receivedAt, summary: 'A message of “BANK”: Hello' }],
  },
  {
    name: 'binary',
    data: data({ dataCoding: 4, bodies: ['010203'] }),
    events: unsupported('A binary message of 3 octets'),
  },
  { name: 'nothing', data: data({ bodies: [''] }), events: unsupported('An empty message') },
  { name: 'delivered', data: receipt('DELIVRD'), events: mark('delivered') },
  { name: 'accepted', data: receipt('ACCEPTD'), events: mark('sent') },
  {
    name: 'expired',
    data: receipt('EXPIRED'),
    events: mark('failed', { problem: { code: 'unreachable', providerCode: 'EXPIRED' } }),
  },
  {
    name: 'undeliverable with a code',
    data: receipt('UNDELIV', '021'),
    events: mark('failed', { problem: { code: 'unreachable', providerCode: 'UNDELIV 021' } }),
  },
  {
    name: 'rejected',
    data: receipt('REJECTD', 'E:12'),
    events: mark('failed', { problem: { code: 'content-refused', providerCode: 'REJECTD E:12' } }),
  },
  {
    name: 'deleted',
    data: receipt('DELETED'),
    events: mark('failed', { problem: { code: 'provider-failed', providerCode: 'DELETED' } }),
  },
  {
    name: 'a receipt in parameters alone',
    data: data({ esmClass: 4, bodies: [''], receiptedId: '0123456789', messageState: 2 }),
    events: mark('delivered'),
  },
  {
    name: 'a receipt that says nothing',
    data: data({ esmClass: 4, bodies: [hex('Well')] }),
    events: [{ kind: 'unknown', at: receivedAt, summary: `A receipt of “${source}”: Well` }],
  },
  {
    name: 'an acknowledgement of a phone',
    data: data({ esmClass: 8 }),
    events: [{ kind: 'nothing', why: 'An acknowledgement of a phone' }],
  },
]
