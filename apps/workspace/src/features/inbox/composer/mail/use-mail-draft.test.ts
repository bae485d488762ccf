import { expect, test } from 'vitest'
import { blankMail } from './mail-draft.ts'
import { begin, filledIn } from './use-mail-draft.ts'

const fang = { name: '王芳', address: 'fang@example.com' }
const sue = { name: '', address: 'sue@b.example' }
const draft = { ...blankMail('reply', 'e1'), to: [fang], html: '<p>Tea</p>' }
const start = {
  to: [sue],
  cc: [fang],
  subject: 'Pot',
  quotedHtml: null,
  quotedPictures: [],
  signatureHtml: null,
  attachments: [],
}

test('a draft goes on as it is, unless another answer was asked for', () => {
  expect(begin(null, { kind: 'forward', entryId: 'e2', explicit: false })).toEqual(blankMail('forward', 'e2'))
  expect(begin(draft, { kind: 'reply-all', entryId: 'e2', explicit: false })).toBe(draft)
  expect(begin(draft, { kind: 'reply', entryId: 'e1', explicit: true })).toBe(draft)
  const other = begin(draft, { kind: 'reply-all', entryId: 'e1', explicit: true })
  expect(other).toMatchObject({ kind: 'reply-all', to: [], html: '<p>Tea</p>' })
})

test('what comes by itself overwrites nothing that somebody put there', () => {
  expect(filledIn(blankMail('reply', 'e1'), start)).toMatchObject({ to: [sue], cc: [fang], subject: 'Pot' })
  const held = { ...draft, subject: 'Tea' }
  expect(filledIn(held, start)).toMatchObject({ to: [fang], cc: [], subject: 'Tea' })
})

test('the files of a mail that is passed on come once', () => {
  const file = { id: 'f1', name: 'a.pdf', mime: 'application/pdf', bytes: 1, kind: 'file' as const }
  const once = filledIn(blankMail('forward', 'e1'), { ...start, attachments: [file] })
  expect(filledIn(once, { ...start, attachments: [file] }).attachments).toEqual([file])
})
