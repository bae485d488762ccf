import { expect, test } from 'vitest'
import { type AccountMenu, menuFaults, type MenuRules, menuTextLength } from './account-menu.ts'

const bytes = (most: number) => ({ most, unit: 'bytes' as const })
const rules: MenuRules = {
  limits: { entries: 2, below: 1, label: bytes(9), labelBelow: bytes(12), key: bytes(4), url: bytes(20) },
  kinds: [
    {
      name: 'program',
      title: { zh: '程序', en: 'Program' },
      fields: [
        { name: 'id', title: { zh: '编号', en: 'Id' }, as: 'text' },
        { name: 'url', title: { zh: '网址', en: 'Address' }, as: 'url' },
      ],
    },
  ],
}
const press = (label: string, key = 'K') => ({ label, does: { kind: 'press' as const, key } })
const open = (url: string) => ({ label: 'a', does: { kind: 'open' as const, url } })
const found = (...entries: AccountMenu['entries']) =>
  menuFaults({ entries }, rules).map(({ path, fault, most }) => [path.join('.'), fault, ...(most ? [most] : [])])

test('what fits has no faults', () => {
  const program = { kind: 'other' as const, name: 'program', data: { id: '1', url: 'https://a.cn/' } }
  const unknown = { kind: 'other' as const, name: 'never heard of', data: {} }
  expect(found(press('我的订'), { label: 'more', entries: [{ label: '我的订单', does: program }] })).toEqual([])
  expect(found({ label: 'a', does: unknown })).toEqual([])
})

test.each<[string, AccountMenu['entries'], unknown[]]>([
  ['none at all', [], ['entries', 'too-few']],
  ['too many', [press('a'), press('b'), press('c')], ['entries', 'too-many', 2]],
  ['no label', [press('  ')], ['entries.0.label', 'missing']],
  ['a long label, counted in bytes', [press('我的订单')], ['entries.0.label', 'too-long', 9]],
  ['a long key', [press('a', 'KKKKK')], ['entries.0.does.key', 'too-long', 4]],
  ['no key', [press('a', '')], ['entries.0.does.key', 'missing']],
  ['no web address', [open('javascript:alert(1)')], ['entries.0.does.url', 'no-address']],
  ['nothing below', [{ label: 'a', entries: [] }], ['entries.0.entries', 'too-few']],
  ['too many below', [{ label: 'a', entries: [press('a'), press('b')] }], ['entries.0.entries', 'too-many', 1]],
  [
    'a long label below',
    [{ label: 'a', entries: [press('a'.repeat(13))] }],
    ['entries.0.entries.0.label', 'too-long', 12],
  ],
  [
    'what a kind of the channel needs',
    [{ label: 'a', does: { kind: 'other', name: 'program', data: { url: 'https://a.cn/' } } }],
    ['entries.0.does.data.id', 'missing'],
  ],
])('%s', (_, entries, fault) => expect(found(...entries)).toEqual([fault]))

test('texts are counted as the provider counts them', () => {
  const text = 'aé我😀'
  const counted = (['bytes', 'characters', 'utf-16'] as const).map((unit) => menuTextLength(text, unit))
  expect(counted).toEqual([10, 4, 5])
})

test('an entry that says something has words, no longer than it can carry, where there is such a thing', () => {
  const talk = (words: string) => ({ label: 'a', does: { kind: 'talk' as const, words } })
  const faults = (words: string, limits: object) =>
    menuFaults({ entries: [talk(words)] }, { ...rules, limits: { ...rules.limits, ...limits } })
  expect(faults('人工', { words: bytes(6) })).toEqual([])
  expect(faults('人工客服', { words: bytes(6) })).toMatchObject([{ fault: 'too-long', most: 6 }])
  expect(faults(' ', { words: bytes(6) })).toMatchObject([{ path: ['entries', 0, 'does', 'words'], fault: 'missing' }])
  expect(faults('人工', {})).toEqual([{ path: ['entries', 0, 'does'], fault: 'unsupported' }])
})
