import { closeReasons } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { people, teams } from './company.ts'
import { beganAt, readStories, type Story } from './story.ts'

const stories: Story[] = ['zh-today', 'zh-earlier', 'en'].flatMap((name) => readStories(name))
const handles = new Set<string>(people.map(({ handle }) => handle))

/** What a line names that does not exist, or says that cannot be. */
function faults({ customer, holder, steps }: Story): string[] {
  const targets = new Set([...handles, ...Object.keys(teams)])
  const wrong = steps.filter((step) => {
    if (step.type === 'note') return !step.mentions.every((mention) => handles.has(mention))
    if (step.type === 'transfer' || step.type === 'assign') return !targets.has(step.to)
    if (step.type === 'close') return !closeReasons.includes(step.reason)
    if (step.type === 'snooze') return !(step.hours > 0)
    return step.type === 'rate' && ![1, 2, 3, 4, 5].includes(step.score)
  })
  const nobody = holder !== null && !handles.has(holder) ? [`${customer}: ${holder} is nobody`] : []
  return [...nobody, ...wrong.map((step) => `${customer}: ${JSON.stringify(step)}`)]
}

test('the written conversations name only people, teams and reasons that exist', () => {
  expect(stories.length).toBeGreaterThanOrEqual(60)
  expect(stories.flatMap(faults)).toEqual([])
})

test('somebody answers only where somebody is named', () => {
  const unanswered = stories.filter(({ holder }) => holder === null)
  expect(unanswered.flatMap(({ steps }) => steps).filter(({ type }) => type === 'agent')).toEqual([])
})

test('a time is so long ago, or a time of day in the shop', () => {
  const now = new Date('2026-03-10T04:00:00.000Z')
  expect(beganAt('5m', now).toISOString()).toBe('2026-03-10T03:55:00.000Z')
  expect(beganAt('3h', now).toISOString()).toBe('2026-03-10T01:00:00.000Z')
  expect(beganAt('2d 14:30', now).toISOString()).toBe('2026-03-08T06:30:00.000Z')
})
