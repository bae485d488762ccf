import type { ReplyPolicy } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { offerOf } from './taken-files.ts'

const t = (key: string, values?: object): string => [key, ...Object.values(values ?? {})].join(' ')
const plain = { in: false, out: false }
const limits = (changes: Partial<NonNullable<ReplyPolicy['limits']>>): NonNullable<ReplyPolicy['limits']> => ({
  sends: ['text', 'image'],
  text: { most: 100, unit: 'characters', splits: true },
  attachments: { image: { mimes: ['image/png'], bytes: 2_097_152, caption: 0 } },
  menu: null,
  replyTo: false,
  edits: plain,
  recalls: plain,
  reactions: plain,
  templates: false,
  ...changes,
})

test('without limits of a channel everything may be chosen', () => {
  expect(offerOf(null, t)).toEqual({ accept: undefined, isNone: false, words: null })
})

test('what the channel does not take goes as a link, and is said to', () => {
  const { accept, isNone, words } = offerOf(limits({}), t)
  expect({ accept, isNone }).toEqual({ accept: undefined, isNone: false })
  expect(words).toContain('2.0 MB')
  expect(words).toMatch(/attach.links$/)
  expect(offerOf(limits({ attachments: {} }), t)).toEqual({
    accept: undefined,
    isNone: false,
    words: 'attach.onlyLinks',
  })
})

test('where links are refused only what is taken can be chosen, and nothing where nothing is', () => {
  expect(offerOf(limits({ links: false }), t)).toMatchObject({ accept: 'image/png', isNone: false })
  const converted = { image: { mimes: ['image/png'], bytes: 1, caption: 0, convertTo: 'image/jpeg' } }
  expect(offerOf(limits({ links: false, attachments: converted }), t).accept).toBe('image/*')
  expect(offerOf(limits({ links: false, attachments: {} }), t)).toMatchObject({ isNone: true, words: 'attach.none' })
})

test('a channel that takes files of any type promises no links', () => {
  const any = { file: { mimes: ['*/*'], bytes: 1_048_576, caption: 0 } }
  expect(offerOf(limits({ sends: ['file'], attachments: any }), t).words).not.toContain('attach.links')
})
