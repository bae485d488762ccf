import type { MessageContent } from '@qiao/protocol'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { words } from '../conformance-contents.ts'
import { fromWire, onWire } from './address.ts'
import { decode, encode, isDefault } from './coding.ts'
import { headerOf, withoutHeader } from './concatenation.ts'
import { testConfig } from './fixtures.ts'
import { smpp } from './index.ts'
import { readBack } from './kit.ts'
import { encodings, PDU } from './library.ts'
import { readReceipt } from './receipt.ts'
import { problemOf, refusalOf } from './status.ts'

const text = (content: string): MessageContent => ({ type: 'text', text: content, markup: 'none' })
const longWide = '一条很长的中文短信，带着表情😀。'.repeat(9)

interface Vector {
  channel: string
  name: string
  input: Record<string, string | number>
  expected: unknown
}
const all: Vector[] = JSON.parse(readFileSync(new URL('../vectors.json', import.meta.url), 'utf8'))
const vector = (name: string): Vector => {
  const found = all.find((one) => one.channel === 'smpp' && one.name.startsWith(name))
  if (!found) throw new Error(`No vector ${name}`)
  return found
}

test('the vectors of the specification', () => {
  for (const name of ['bind_transmitter', 'enquire_link']) {
    const { input, expected } = vector(name)
    const { command, ...fields } = input
    expect(new PDU(String(command), fields).toBuffer().toString('hex')).toBe(expected)
  }
  const receipt = vector('delivery receipt')
  expect(readReceipt(String(receipt.input.short_message))).toEqual(receipt.expected)
  const { input, expected } = vector('UCS2 concat')
  const place = { reference: Number(input.ref), total: Number(input.total), number: Number(input.seq) }
  expect(headerOf(place).toString('hex')).toBe(expected)
  expect(withoutHeader(Buffer.concat([headerOf(place), Buffer.from('x')]))).toEqual({ place, body: Buffer.from('x') })
})

test("our alphabet is the package's, and each text is read as it was written", () => {
  fc.assert(
    fc.property(words(200), (given) => {
      const coding = isDefault(given, 'gsm-7') ? 'default' : 'ucs-2'
      const bytes = encode(given, coding, 'gsm-7')
      const theirs = coding === 'default' ? encodings.ASCII : encodings.UCS2
      expect(bytes).toEqual(theirs.encode(given))
      expect(decode(bytes, coding === 'default' ? 0 : 8, 'gsm-7')).toBe(given)
    }),
  )
  const gsm = Array.from({ length: 128 }, (_, octet) => octet).filter((octet) => octet !== 0x1b)
  expect(decode(Buffer.from(gsm), 0, 'gsm-7')).toBe(encodings.ASCII.decode(Buffer.from(gsm)))
  expect(decode(Buffer.from([0x1b, 0x41, 0x1b]), 0, 'gsm-7')).toBe('A')
})

test('Latin 1 as default alphabet: letters that it lacks go as UCS-2', () => {
  const config = { ...testConfig, alphabet: 'latin1' } as const
  const codings = (content: string) => {
    const rendered = smpp.render({ to: '+8613800001234', content: text(content), window: 'open', links: {} }, config)
    return rendered.kind === 'parts' ? rendered.parts.map(({ request }) => request.coding) : []
  }
  expect([codings('Müller'), codings('5 €'), codings('Δ'.repeat(71))]).toEqual([
    ['default'],
    ['ucs-2'],
    ['ucs-2', 'ucs-2'],
  ])
  expect(encode('Müller', 'default', 'latin1').toString('hex')).toBe('4dfc6c6c6572')
  expect(decode(Buffer.from('4dfc6c6c6572', 'hex'), 0, 'latin1')).toBe('Müller')
})

test('headers of any octets are read or left, never thrown', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (octets) => {
      const { place, body } = withoutHeader(Buffer.from(octets))
      expect(body.length).toBeLessThanOrEqual(octets.length)
      expect(place === null || place.number <= place.total).toBe(true)
    }),
  )
})

test.each([
  ['8613800001234', 1, undefined, '+8613800001234'],
  ['8613800001234', 0, undefined, '+8613800001234'],
  ['13800001234', 0, '86', '+8613800001234'],
  ['013800001234', 2, '86', '+8613800001234'],
  ['8613800001234', 0, '86', '+8613800001234'],
  ['15552223333', 1, '86', '+15552223333'],
  ['+8613800001234', 0, '86', '+8613800001234'],
  ['008613800001234', 0, undefined, '+8613800001234'],
  ['10086', 3, '86', '10086'],
  ['SHOP', 5, undefined, null],
  ['', 0, undefined, null],
])('%s of type %s in %s is %s', (address, ton, countryCode, expected) => {
  expect(fromWire(address, ton, countryCode === undefined ? {} : { countryCode })).toBe(expected)
})

test('types of numbers on the way out', () => {
  expect([onWire('+8613800001234'), onWire('10086'), onWire('106900001111'), onWire('Shop')]).toEqual([
    { address: '8613800001234', ton: 1, npi: 1 },
    { address: '10086', ton: 3, npi: 0 },
    { address: '106900001111', ton: 0, npi: 1 },
    { address: 'Shop', ton: 5, npi: 0 },
  ])
})

test('each status has its meaning', () => {
  const retried = [0x04, 0x05, 0x08, 0x0d, 0x14, 0x58, 0x64].map((status) => refusalOf(status).kind)
  expect(new Set(retried)).toEqual(new Set(['retry']))
  expect(
    [0x01, 0x0a, 0x0b, 0x0e, 0x45, 0x65, 0xfe, 0x101, 0x400].map((status) => [
      refusalOf(status).kind,
      problemOf(status).code,
    ]),
  ).toEqual([
    ['rejected', 'too-long'],
    ['rejected', 'not-permitted'],
    ['rejected', 'address-unknown'],
    ['rejected', 'credentials-refused'],
    ['rejected', 'provider-failed'],
    ['rejected', 'content-refused'],
    ['rejected', 'unreachable'],
    ['rejected', 'not-permitted'],
    ['rejected', 'provider-failed'],
  ])
})

test('a submission is what the package reads of it', () => {
  const rendered = smpp.render({ to: '+8613800001234', content: text(longWide), window: 'open', links: {} }, testConfig)
  const parts = rendered.kind === 'parts' ? rendered.parts : []
  const read = parts.map((part) => readBack(part))
  expect(read).toMatchObject(parts.map((_, at) => ({ to: '8613800001234', total: parts.length, number: at + 1 })))
  expect(new Set(read.map((one) => (typeof one === 'number' ? one : one.reference))).size).toBe(1)
})
