import { queueSettings } from '@qiao/protocol'
import { expect, it } from 'vitest'
import { type Draft, brokenSections, problemsOf, sectionOfPath, sections } from './draft.ts'

const draft = (settings: Partial<Draft['settings']> = {}, name = 'Support'): Draft => ({
  name,
  calendarId: null,
  settings: { ...queueSettings.parse({}), ...settings },
})

it('finds nothing in the defaults, and names what is wrong', () => {
  expect([...problemsOf(draft())]).toEqual([])
  expect(problemsOf(draft({}, ' ')).get('name')).toBe('missing')
  expect(problemsOf(draft({ hook: { url: 'ftp://x', milliseconds: 1000 } })).get('hook.url')).toBe('url')
  const priorities = [{ attribute: '', value: 'vip', points: 1 }]
  expect(problemsOf(draft({ priorities })).get('priorities.0.attribute')).toBe('missing')
})

it('wants each skill of a step once', () => {
  const skillId = '00000000-0000-4000-8000-000000000001'
  const steps = [{ needs: [1, 3].map((level) => ({ skillId, level: level as 1 | 3 })), language: false, seconds: 30 }]
  const problems = problemsOf(draft({ steps }))
  expect(problems.get('steps.0.needs.1.skillId')).toBe('format')
  expect([...brokenSections(problems)]).toEqual(['steps'])
})

it('gives every setting a section', () => {
  const used = new Set(Object.keys(queueSettings.shape).map(sectionOfPath))
  expect(used.has('general')).toBe(false)
  expect([...used].every((one) => sections.includes(one))).toBe(true)
})
