import type { MessageEntry } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { received } from '../../../shared/conversations/sample.ts'
import { mailOrder, opensByItself } from './folds.ts'
import { entriesById } from '../thread/thread-context.tsx'

const mail = (seq: number): MessageEntry => ({
  ...received(seq),
  body: {
    content: {
      type: 'mail',
      subject: 'Tea',
      from: null,
      to: [],
      cc: [],
      bcc: [],
      text: '',
      attachments: [],
      warnings: [],
    },
  },
})

test('mails are counted from the newest, and other messages are not', () => {
  const entries = [mail(1), received(2), mail(3), mail(4)]
  const order = mailOrder(entriesById(entries))
  expect(entries.map(({ id }) => order.get(id))).toEqual([2, undefined, 1, 0])
})

test('a short thread stands open; of a long one the last two', () => {
  const open = (count: number) => Array.from({ length: count }, (_, at) => opensByItself(at, count))
  expect(open(3)).toEqual([true, true, true])
  expect(open(5)).toEqual([true, true, false, false, false])
})
