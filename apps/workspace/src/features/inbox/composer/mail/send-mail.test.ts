import type { ContentOf } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { asWritten } from './send-mail.ts'

const content: ContentOf<'mail'> = {
  type: 'mail',
  subject: 'Fwd: Tea',
  from: null,
  to: [{ name: '', address: 'boss@shop.example' }],
  cc: [],
  bcc: [],
  text: 'please look',
  attachments: [],
  warnings: [],
}
const body = {
  html: '<p>please look</p><img src="/media/x?s=1" data-cid="a@qiao" alt="cup">',
  quotedHtml: '<p>broken</p>',
  quotedText: 'broken',
}

test('a forward that is taken back on another device is a forward still, with its choices', () =>
  expect(
    asWritten(
      { content, replyToId: null, writing: { kind: 'forward', entryId: 'one', signed: false, quoted: true } },
      body,
    ),
  ).toMatchObject({
    kind: 'forward',
    entryId: 'one',
    signed: false,
    quoted: true,
    subject: 'Fwd: Tea',
    to: content.to,
  }))

test('one that an older version sent is an answer if it answers something', () => {
  expect(asWritten({ content, replyToId: 'two', writing: null }, body)).toMatchObject({
    kind: 'reply',
    entryId: 'two',
    signed: true,
    quoted: true,
  })
  expect(asWritten({ content, replyToId: null, writing: null }, null)).toMatchObject({
    kind: 'new',
    entryId: null,
    quoted: false,
    html: '',
  })
})

test('its pictures are named again: the addresses that they were shown at do not last', () =>
  expect(asWritten({ content, replyToId: null, writing: null }, body).html).toBe(
    '<p>please look</p><img data-cid="a@qiao" alt="cup">',
  ))
