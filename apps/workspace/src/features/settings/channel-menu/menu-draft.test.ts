import type { AccountMenu } from '@qiao/protocol'
import { expect, test } from 'vitest'
import {
  addBelow,
  addTop,
  asKind,
  countBeside,
  entryAt,
  faultsAt,
  isKnown,
  kindOf,
  moveTo,
  newEntry,
  removeAt,
  replaceAt,
} from './menu-draft.ts'

const press = (label: string) => ({ label, does: { kind: 'press' as const, key: 'K' } })
const menu: AccountMenu = {
  entries: [press('a'), { label: 'b', entries: [press('b1'), press('b2'), press('b3')] }, press('c')],
}
const labels = ({ entries }: AccountMenu) =>
  entries.map((entry) => ('entries' in entry ? [entry.label, ...entry.entries.map(({ label }) => label)] : entry.label))

test('entries are moved among those beside them', () => {
  expect(labels(moveTo(menu, [0], 2))).toEqual([['b', 'b1', 'b2', 'b3'], 'c', 'a'])
  expect(labels(moveTo(menu, [1, 2], 0))).toEqual(['a', ['b', 'b3', 'b1', 'b2'], 'c'])
  expect([countBeside(menu, [0]), countBeside(menu, [1, 0])]).toEqual([3, 3])
})

test('entries are added, replaced and removed where they are, and the menu before stays as it was', () => {
  expect(labels(addTop(menu)).at(-1)).toBe('')
  expect(labels(addBelow(menu, 1))[1]).toEqual(['b', 'b1', 'b2', 'b3', ''])
  expect(labels(addBelow(menu, 0))).toEqual(labels(menu))
  expect(labels(replaceAt(menu, [1, 1], press('new')))[1]).toEqual(['b', 'b1', 'new', 'b3'])
  expect(labels(removeAt(menu, [1, 0]))[1]).toEqual(['b', 'b2', 'b3'])
  expect(labels(removeAt(menu, [1]))).toEqual(['a', 'c'])
  expect(entryAt(menu, [1, 2])).toEqual(press('b3'))
  expect(entryAt(menu, [0, 0])).toBeUndefined()
})

test('an entry keeps its words when it does something else', () => {
  const list = asKind(press('a'), 'list')
  expect(list).toEqual({ label: 'a', entries: [newEntry()] })
  expect(kindOf(list)).toBe('list')
  const program = asKind(list, 'miniprogram')
  expect(program).toEqual({ label: 'a', does: { kind: 'other', name: 'miniprogram', data: {} } })
  expect([kindOf(program), isKnown('miniprogram', []), isKnown('list', [])]).toEqual(['miniprogram', false, true])
})

test('faults stand at the field of the entry that they are of', () => {
  const faults = [
    { path: ['entries', 1, 'label'], fault: 'missing' as const },
    { path: ['entries', 1, 'entries', 0, 'does', 'key'], fault: 'missing' as const },
    { path: ['entries', 1, 'entries'], fault: 'too-few' as const },
  ]
  expect([...faultsAt(faults, [1]).keys()]).toEqual(['label', 'entries'])
  expect([...faultsAt(faults, [1, 0]).keys()]).toEqual(['does.key'])
  expect([...faultsAt(faults, [0]).keys()]).toEqual([])
})

test('an entry that talks begins without words, and is known on every channel', () => {
  expect(asKind({ label: 'a', does: { kind: 'press', key: 'K' } }, 'talk')).toEqual({
    label: 'a',
    does: { kind: 'talk', words: '' },
  })
  expect(isKnown('talk', [])).toBe(true)
})
