import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAssembler, type Whole } from './assembler.ts'
import type { Arrived } from './inbound.ts'

const part = (reference: number, total: number, number: number, words = `${number}`): Arrived => ({
  source: '8613800001234',
  sourceTon: 1,
  destination: '10690000',
  dataCoding: 0,
  place: { reference, total, number },
  body: Buffer.from(words),
  facts: {},
  receipt: null,
})
const made = (acknowledgeParts = false) => {
  const wholes: Whole[] = []
  const answered: string[] = []
  const assembler = createAssembler({ waitMs: 60_000, acknowledgeParts, now: () => 0 }, (whole) => wholes.push(whole))
  const texts = () => wholes.map(({ bodies }) => bodies.map((body) => body?.toString() ?? '-').join(''))
  return { assembler, wholes, answered, texts }
}

test('in whatever order parts of two messages come, and however often, each message is there once and every part answered', () => {
  const parts = [1, 2, 3].flatMap((number) => [part(1, 3, number), part(2, 3, number)])
  fc.assert(
    fc.property(fc.shuffledSubarray([...parts, ...parts], { minLength: 12, maxLength: 12 }), (given) => {
      const { assembler, wholes, texts } = made()
      let waiting = 0
      for (const one of given) {
        waiting += 1
        const before = wholes.length
        assembler.add(one, () => (waiting -= 1))
        wholes[before]?.respond(0)
      }
      expect(texts()).toEqual(['123', '123'])
      expect(waiting).toBe(0)
      assembler.stop()
    }),
  )
})

test('a whole that could not be stored is put together again when its parts come again', () => {
  const { assembler, wholes, texts, answered } = made()
  const give = (status: number) => {
    for (const number of [1, 2]) assembler.add(part(1, 2, number), (one) => answered.push(`${number}: ${one}`))
    wholes.at(-1)?.respond(status)
  }
  give(0x64)
  give(0)
  expect(texts()).toEqual(['12', '12'])
  expect(answered).toEqual(['1: 100', '2: 100', '1: 0', '2: 0'])
})

test('another message under the same reference does not mix with the one before', () => {
  const { assembler, texts } = made(true)
  for (const one of [part(1, 2, 1, 'old'), part(1, 2, 1, 'new '), part(1, 2, 2, 'one')])
    assembler.add(one, () => undefined)
  expect(texts()).toEqual(['old-', 'new one'])
})
