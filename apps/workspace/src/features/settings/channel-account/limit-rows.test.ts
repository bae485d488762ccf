import { channels } from '@qiao/channels'
import type { ChannelCapabilities } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { channelSections } from './channel-sections.ts'
import { contentRows, rulesOf, signRows } from './limit-rows.ts'

const t = (key: string, parameters?: object): string =>
  parameters ? `${key} ${Object.values(parameters).join(' ')}` : key
const can: ChannelCapabilities = {
  receives: ['text', 'image'],
  sends: ['text', 'image', 'menu'],
  text: { most: 2048, unit: 'bytes', splits: true },
  attachments: { image: { mimes: ['image/jpeg'], bytes: 2_097_152, caption: 0, convertTo: 'image/jpeg' } },
  menu: { options: 3, label: 20 },
  window: {
    message: { ms: 172_800_000, messages: 5 },
    acts: { follow: { ms: 60_000, messages: 3 }, newer: { ms: 60_000, messages: null } },
    afterwards: [],
  },
  receipts: [],
  typing: { in: false, out: true },
  replyTo: false,
  edits: { in: false, out: false },
  recalls: { in: true, out: false },
  reactions: { in: false, out: false },
  templates: true,
  groups: false,
  echoes: false,
}

test('each content says what goes in, what goes out and within which limits', () => {
  const rows = new Map(contentRows(can, t).map((row) => [row.name, row]))
  expect(rows.get('text')).toMatchObject({ in: 'yes', out: 'yes', notes: ['textMost 2,048 unit.bytes', 'splits'] })
  expect(rows.get('image')).toMatchObject({ in: 'yes', notes: ['mimes JPEG', 'converted', 'size 2.0 MB'] })
  expect(rows.get('menu')).toMatchObject({ in: null, out: 'yes', notes: ['options 3 20'] })
  expect(rows.get('file')).toMatchObject({ in: 'no', out: 'as-text', notes: [] })
  const mute = contentRows({ ...can, sends: [] }, t)
  expect(mute.map((row) => row.out)).toEqual(mute.map(() => 'no'))
})

test('signs and rules are told in words', () => {
  expect(signRows(can).find(({ name }) => name === 'typing')).toMatchObject({ in: 'no', out: 'yes' })
  const rules = new Map(rulesOf(can, t).map(({ name, words }) => [name, words]))
  expect(rules.get('window')?.[1]).toBe('atMost 5')
  expect(rules.get('acts')).toHaveLength(2)
  expect(rules.get('acts')?.[1]).toMatch(/^actFree newer/)
  expect(rules.get('afterwards')).toEqual(['afterwards.none'])
  expect(rules.get('receipts')).toEqual(['noReceipts'])
  expect(rulesOf({ ...can, window: null }, t)[0]).toEqual({ name: 'window', words: ['always'] })
})

test('every act that a channel grants something for has words', () => {
  for (const { about, capabilities } of channels) {
    for (const act of Object.keys(capabilities.window?.acts ?? {})) {
      const window = { message: { ms: 1, messages: null }, acts: { [act]: { ms: 1, messages: null } }, afterwards: [] }
      const rule = rulesOf({ ...can, window }, t).find(({ name }) => name === 'acts')
      expect(rule?.words[0], `${about.id}: ${act}`).toContain('act.')
    }
  }
})

test('a channel without files has no section about files, and who may not set up sees no account', () => {
  const none = { menus: false, templates: false, entrances: false }
  expect(channelSections(can, none, true)).toEqual([
    'connection',
    'status',
    'limits',
    'general',
    'conversation',
    'closing',
    'routing',
  ])
  const wordsOnly = { receives: ['text'], sends: ['text'], templates: false }
  expect(channelSections(wordsOnly, { menus: true, templates: true, entrances: true }, false)).toEqual([
    'limits',
    'general',
    'closing',
    'routing',
  ])
  expect(channelSections(wordsOnly, { ...none, menus: true }, true)).toContain('menu')
  expect(channelSections(wordsOnly, { ...none, entrances: true }, true)).toContain('entrances')
  // Seen by those who send them; not where this account has none.
  expect(channelSections(can, { ...none, templates: true }, false)).toContain('templates')
  expect(channelSections(wordsOnly, { ...none, templates: true }, true)).not.toContain('templates')
})

test('what belongs to letters is set where people write letters', () => {
  const keys = { menus: false, templates: false, entrances: false }
  expect(channelSections({ ...can, letters: true }, keys, true)).toContain('mail')
  expect(channelSections(can, keys, true)).not.toContain('mail')
})
