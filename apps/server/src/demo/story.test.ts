import { closeReasons } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { people, teams } from './company.ts'
import { beganAt, readStories, type Story } from './story.ts'

const stories: Story[] = ['zh-today', 'zh-earlier', 'en'].flatMap((name) => readStories(name))
const handles = new Set<string>(people.map(({ handle }) => handle))

test('the written conversations name only people, teams and reasons that exist', () => {
  const targets = new Set([...handles, ...Object.keys(teams)])
  for (const { customer, holder, steps } of stories) {
    if (holder !== null) expect(handles, customer).toContain(holder)
    for (const step of steps) {
      if (step.type === 'note') for (const mention of step.mentions) expect(handles, customer).toContain(mention)
      if (step.type === 'transfer' || step.type === 'assign') expect(targets, customer).toContain(step.to)
      if (step.type === 'close') expect(closeReasons, customer).toContain(step.reason)
      if (step.type === 'snooze') expect(step.hours, customer).toBeGreaterThan(0)
      if (step.type === 'rate') expect([1, 2, 3, 4, 5], customer).toContain(step.score)
    }
  }
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
