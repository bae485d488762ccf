import { queueSettings } from '@qiao/protocol'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rulesFor, type Standing, type TellingRules, type ToldPlace, whatToTell } from './when-to-tell.ts'

const minute = 60_000
const rules: TellingRules = { most: 4, everySeconds: 180, moved: true, shortSeconds: 30 }
const standing = (changes: Partial<Standing> = {}): Standing => ({
  position: 8,
  waitedSeconds: 0,
  foreseenSeconds: 600,
  connecting: false,
  ...changes,
})
const at = (position: number, minutes = 0): ToldPlace => ({ position, at: minutes * minute })

test.each([
  ['a long wait is told at once', standing(), 'began'],
  ['of a short one nothing is said', standing({ foreseenSeconds: 20 }), null],
  ['unless it takes longer than was foreseen', standing({ foreseenSeconds: 20, waitedSeconds: 31 }), 'began'],
  ['an unknown one waits until it is no short one', standing({ foreseenSeconds: null, waitedSeconds: 10 }), null],
  ['and is told then', standing({ foreseenSeconds: null, waitedSeconds: 30 }), 'began'],
  ['while it rings the agent is about to speak', standing({ connecting: true }), null],
] as const)('the beginning: %s', (_, now, wanted) => {
  expect(whatToTell(now, [], rules, 0)).toBe(wanted)
})

test.each([
  ['half the place', standing({ position: 4 }), [at(8)], 3, 'moved'],
  ['a little less', standing({ position: 5 }), [at(8)], 3, null],
  ['too soon', standing({ position: 4 }), [at(8)], 2.9, null],
  ['next', standing({ position: 1 }), [at(8)], 3, 'next'],
  ['next from the beginning', standing({ position: 1 }), [at(1)], 60, null],
  ['next a second time', standing({ position: 1 }), [at(3), at(1, 5)], 60, null],
  ['back and forth', standing({ position: 4 }), [at(8), at(4, 5)], 60, null],
  ['so soon to be served', standing({ position: 1, foreseenSeconds: 15 }), [at(8)], 60, null],
  ['the last one is kept for being next', standing({ position: 2 }), [at(20), at(10, 5), at(5, 10)], 60, null],
  ['as here', standing({ position: 1 }), [at(20), at(10, 5), at(5, 10)], 60, 'next'],
  ['enough is enough', standing({ position: 1 }), [at(20), at(10, 5), at(5, 10), at(2, 15)], 60, null],
] as const)('later: %s', (_, now, told, minutes, wanted) => {
  expect(whatToTell(now, told, rules, minutes * minute)).toBe(wanted)
})

test('where messages cost money only the beginning and being next are told, unless the queue says otherwise', () => {
  const settings = queueSettings.parse({})
  const paid = rulesFor(settings, { paid: true, counted: false })
  expect(paid).toEqual({ most: 2, moved: false, everySeconds: 180, shortSeconds: 30 })
  expect(whatToTell(standing({ position: 2 }), [at(8)], paid, 60 * minute)).toBeNull()
  expect(whatToTell(standing({ position: 1 }), [at(8)], paid, 60 * minute)).toBe('next')
  const generous = queueSettings.parse({ announcements: { paid: { most: 5, moved: true } } })
  expect(rulesFor(generous, { paid: true, counted: false })).toMatchObject({ most: 5, moved: true })
  expect(rulesFor(settings, { paid: false, counted: true })).toMatchObject({ most: 4, moved: false })
  expect(rulesFor(settings, { paid: false, counted: false })).toMatchObject({ most: 4, moved: true })
})

const moment = fc.record({
  position: fc.integer({ min: 1, max: 40 }),
  foreseenSeconds: fc.option(fc.integer({ min: 0, max: 4000 })),
  connecting: fc.boolean(),
  stepSeconds: fc.integer({ min: 1, max: 400 }),
})
test('however they move: never more than so many, never sooner than so long, no place twice as news', () => {
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 80 }),
      fc.record({
        most: fc.integer({ min: 0, max: 6 }),
        everySeconds: fc.integer({ min: 60, max: 1200 }),
        moved: fc.boolean(),
        shortSeconds: fc.integer({ min: 0, max: 120 }),
      }),
      (moments, some) => {
        const told: ToldPlace[] = []
        const kinds: string[] = []
        let now = 0
        for (const { stepSeconds, ...rest } of moments) {
          now += stepSeconds * 1000
          const kind = whatToTell({ ...rest, waitedSeconds: now / 1000 }, told, some, now)
          if (kind === null) continue
          expect(rest.connecting).toBe(false)
          kinds.push(kind)
          told.push({ position: rest.position, at: now })
        }
        expect(told.length).toBeLessThanOrEqual(some.most)
        told.slice(1).forEach(({ position, at: when }, index) => {
          expect(when - (told[index]?.at ?? 0)).toBeGreaterThanOrEqual(some.everySeconds * 1000)
          expect(position).toBeLessThan(told[index]?.position ?? 0)
        })
        expect(kinds.indexOf('began')).toBe(kinds.length > 0 ? 0 : -1)
        expect(kinds.filter((kind) => kind !== 'moved').length).toBeLessThanOrEqual(2)
        expect(kinds.includes('moved') && !some.moved).toBe(false)
      },
    ),
  )
})
