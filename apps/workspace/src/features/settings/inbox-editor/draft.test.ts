import { type InboxSettings, inboxSettings } from '@qiao/protocol'
import { describe, expect, it } from 'vitest'
import { type Draft, brokenSections, problemsOf, sectionOfPath, sections } from './draft.ts'

const draft = (settings: Partial<InboxSettings> = {}, name = 'Shop'): Draft => ({
  name,
  teamIds: [],
  calendarId: null,
  settings: { ...inboxSettings.parse({}), ...settings },
})
const look = inboxSettings.parse({}).look

describe('problemsOf', () => {
  it('finds nothing in the defaults', () => {
    expect([...problemsOf(draft())]).toEqual([])
  })
  it('names the field and what is wrong with it', () => {
    expect(problemsOf(draft({}, ' ')).get('name')).toBe('missing')
    expect(problemsOf(draft({ look: { ...look, colour: 'red' } })).get('look.colour')).toBe('colour')
    expect(problemsOf(draft({ look: { ...look, logoUrl: 'javascript:alert(1)' } })).get('look.logoUrl')).toBe('url')
    expect(problemsOf(draft({ look: { ...look, launcherText: 'x'.repeat(41) } })).get('look.launcherText')).toBe('long')
    expect(problemsOf(draft({ reopenWithinMinutes: -1 })).get('reopenWithinMinutes')).toBe('small')
    expect(problemsOf(draft({ allowedDomains: ['https://shop.cn'] })).get('allowedDomains.0')).toBe('format')
  })
  it('wants each form field once', () => {
    const field = { name: 'phone', label: 'Phone', type: 'phone' as const, required: false }
    const problems = problemsOf(
      draft({ preChat: { enabled: true, fields: [field, { ...field, label: '' }], consent: null, departments: [] } }),
    )
    expect(problems.get('preChat.fields.1.name')).toBe('format')
    expect(problems.get('preChat.fields.1.label')).toBe('missing')
    expect([...brokenSections(problems)]).toEqual(['pre-chat'])
  })
})

it('wants each topic of a message once', () => {
  const { offline } = inboxSettings.parse({})
  const topics = ['invoice', 'invoice', 'Bad'].map((key) => ({ key, label: '发票' }))
  const problems = problemsOf(draft({ offline: { ...offline, topics } }))
  expect([...problems.keys()]).toEqual(['offline.topics.1.key', 'offline.topics.2.key'])
  expect([...brokenSections(problems)]).toEqual(['offline'])
})

it('gives every setting a section', () => {
  const used = new Set(Object.keys(inboxSettings.shape).map(sectionOfPath))
  expect(used.has('general')).toBe(false)
  expect([...used].every((one) => one === 'mail' || sections.includes(one))).toBe(true)
})
