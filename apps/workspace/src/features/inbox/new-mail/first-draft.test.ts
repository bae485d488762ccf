import type { FirstMailDraft } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { blankMail } from '../composer/mail/mail-draft.ts'
import { type HeldDraft, newerFirstDraft } from './first-draft.ts'

const draft = { inboxId: 'i', mail: blankMail('new', null) }
const local = (updatedAt: string, saved: boolean, what: HeldDraft['draft'] = draft): HeldDraft => ({
  draft: what,
  updatedAt,
  saved,
})
const remote = (updatedAt: string): FirstMailDraft => ({ ...draft, updatedAt })
const [early, late] = ['2026-01-05T08:00:00Z', '2026-01-05T08:00:01Z']

test('what the server does not know yet counts, unless another device wrote on later', () => {
  expect(newerFirstDraft(local(late, false), remote(early))).toBe('local')
  expect(newerFirstDraft(local(early, false), remote(late))).toBe('remote')
  expect(newerFirstDraft(local(early, false), null)).toBe('local')
  expect(newerFirstDraft(local(late, false, null), remote(early))).toBe('local')
})

test('what it knew it knows better: one that is gone there was sent or deleted elsewhere', () => {
  expect(newerFirstDraft(local(late, true), null)).toBe('remote')
  expect(newerFirstDraft(local(late, true), remote(early))).toBe('remote')
  expect(newerFirstDraft(null, null)).toBe('remote')
})
