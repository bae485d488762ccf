import { expect, test } from 'vitest'
import type { Contact } from './contact.ts'
import { changesOf, conflictsOf, fieldOf, planMerge, planUndo, whoStays } from './merge.ts'

const contact = (id: string, fields: Partial<Contact> = {}): Contact => ({
  id,
  name: null,
  email: null,
  phone: null,
  externalId: null,
  avatarUrl: null,
  language: null,
  timeZone: null,
  attributes: {},
  device: null,
  blockedAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: null,
  version: 1,
  ...fields,
})

function set(into: Contact, fields: Record<string, unknown>): Contact {
  const changed = { ...into, attributes: { ...into.attributes } }
  for (const [field, value] of Object.entries(fields)) {
    const attribute = field.startsWith('attributes.') ? field.slice(11) : null
    if (attribute === null) Object.assign(changed, { [field]: value })
    else if (value === null) Reflect.deleteProperty(changed.attributes, attribute)
    else Object.assign(changed.attributes, { [attribute]: value })
  }
  return changed
}
function merge(into: Contact, from: Contact, take: string[] = []) {
  const changes = changesOf(planMerge(into, from, take))
  return {
    merged: set(into, Object.fromEntries(changes.map(({ field, after }) => [field, after]))),
    record: { id: `into ${into.id} from ${from.id}`, from, changes },
  }
}

const one = contact('one', { name: 'Ann', email: 'ann@a.example', attributes: { level: 'gold' } })
const other = contact('other', { name: 'Annie', phone: '+8613800000001', attributes: { level: 'silver', size: 'M' } })

test('what is empty is filled, who stays wins, and a person may choose the other value', () => {
  expect(merge(one, other).merged).toMatchObject({
    name: 'Ann',
    email: 'ann@a.example',
    phone: '+8613800000001',
    attributes: { level: 'gold', size: 'M' },
  })
  expect(merge(one, other, ['name', 'attributes.level']).merged).toMatchObject({
    name: 'Annie',
    attributes: { level: 'silver' },
  })
  expect(conflictsOf(planMerge(one, other)).map(({ field }) => field)).toEqual(['name', 'attributes.level'])
})

test('the device is that of whoever was here last', () => {
  const phone = contact('phone', { device: { userAgent: 'phone' }, lastSeenAt: '2026-02-02T00:00:00.000Z' })
  const desk = contact('desk', { device: { userAgent: 'desk' }, lastSeenAt: '2026-02-01T00:00:00.000Z' })
  expect(merge(desk, phone).merged.device).toEqual({ userAgent: 'phone' })
  expect(merge(phone, desk).merged.device).toEqual({ userAgent: 'phone' })
})

test('a customer of the company’s own system stays, whoever was asked for', () => {
  const known = contact('known', { externalId: 'c-1' })
  expect(whoStays(one, known).into.id).toBe('known')
  expect(whoStays(known, one).into.id).toBe('known')
  expect(whoStays(one, other).into.id).toBe('one')
})

test('undoing gives back what was taken, and leaves what somebody has changed since', () => {
  const { merged, record } = merge(one, other, ['name'])
  expect(set(merged, planUndo(merged, record, []).fields)).toEqual(one)
  const edited = set(merged, { phone: '+8613900000009', 'attributes.level': 'black' })
  expect(set(edited, planUndo(edited, record, []).fields)).toEqual(
    set(one, { phone: '+8613900000009', 'attributes.level': 'black' }),
  )
})

const third = contact('third', { name: 'A. N.', phone: '+8613800000003', email: 'third@a.example' })
test.each([
  ['nothing chosen', [], []],
  ['the first one chosen', ['name'], []],
  ['the second one chosen', [], ['name', 'phone']],
  ['both chosen', ['name'], ['name', 'phone', 'email']],
])('of two merges each can be undone first: %s', (_what, first, second) => {
  const a = merge(one, other, first)
  const b = merge(a.merged, third, second)
  // As though only the second had been.
  const undoneA = planUndo(b.merged, a.record, [b.record])
  const withoutA = set(b.merged, undoneA.fields)
  const onlyB = merge(one, third, second).merged
  for (const field of ['name', 'email', 'phone', 'attributes.level', 'attributes.size']) {
    expect([field, fieldOf(withoutA, field)]).toEqual([field, fieldOf(onlyB, field)])
  }
  const repaired = { ...b.record, changes: undoneA.others.get(b.record.id) ?? b.record.changes }
  expect(set(withoutA, planUndo(withoutA, repaired, []).fields)).toEqual(one)
  // And the other way round.
  const withoutB = set(b.merged, planUndo(b.merged, b.record, []).fields)
  expect(withoutB).toEqual(a.merged)
  expect(set(withoutB, planUndo(withoutB, a.record, []).fields)).toEqual(one)
})
