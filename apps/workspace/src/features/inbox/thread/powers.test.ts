import { expect, test } from 'vitest'
import { powersOf } from './powers.tsx'

const no = { in: true, out: false }
const limits = {
  sends: ['text'],
  text: { most: 100, unit: 'characters', splits: true },
  attachments: {},
  menu: null,
  replyTo: false,
  edits: no,
  recalls: no,
  reactions: no,
  templates: false,
} as const

test('what a channel cannot do is not offered; web chat can do everything', () => {
  expect(powersOf({ ...limits, sends: ['text'] })).toEqual({
    quote: false,
    edit: false,
    recall: false,
    react: null,
    whyNoReactions: null,
  })
  const able = { ...limits, sends: ['text'], replyTo: true, edits: { in: true, out: true } }
  expect(powersOf(able)).toEqual({ quote: true, edit: true, recall: false, react: null, whyNoReactions: null })
  const reacts = { ...able, reactions: { in: true, out: true, only: ['👍'] } }
  expect(powersOf(reacts)).toMatchObject({ react: ['👍'] })
  expect(powersOf({ ...reacts, reactions: { in: true, out: true } })).toMatchObject({ react: 'any' })
  const why = { zh: '不行', en: 'Not here' }
  expect(powersOf({ ...able, reactions: { ...no, why } })).toMatchObject({ react: null, whyNoReactions: why })
  expect(powersOf(null)).toEqual({ quote: true, edit: true, recall: true, react: 'any', whyNoReactions: null })
})
