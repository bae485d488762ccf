import type { MailTemplate } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { wordsOf } from '../../../../shared/html-words.ts'
import { findTemplates } from './find-templates.ts'

const template = (name: string, html: string, subject = ''): MailTemplate => ({
  id: name,
  inboxId: null,
  name,
  subject,
  html,
  updatedAt: '2026-01-05T08:00:00Z',
})
const all = [
  template('Delay', '<p>We are sorry: your refund is late</p>'),
  template('Refund', '<p>It has been <b>sent</b></p>', 'About #{number}'),
  template('退款说明', '<p>款项将在 3 天内退回</p>'),
]
const names = (search: string): string[] => findTemplates(all, search).map(({ name }) => name)

test('by name first, then by what it says; several words must all be there', () => {
  expect(names('')).toEqual(['Delay', 'Refund', '退款说明'])
  expect(names('refund')).toEqual(['Refund', 'Delay'])
  expect(names(' SORRY refund ')).toEqual(['Delay'])
  expect(names('退款')).toEqual(['退款说明'])
  expect(names('number')).toEqual(['Refund'])
  expect(names('class')).toEqual([])
})

test('what it says is read without its tags', () =>
  expect(wordsOf('<p>A &amp; B</p>\n<p>&lt;b&gt;&nbsp;C</p>')).toBe('A & B <b> C'))
