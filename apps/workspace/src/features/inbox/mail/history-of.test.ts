import type { MailBody } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { historyOf } from './history-of.ts'

const body: MailBody = {
  id: 'a',
  html: '<p>Hello</p>',
  text: 'Hello',
  quotedHtml: '<blockquote>old</blockquote>',
  quotedText: '> old',
  signature: 'Wang Fang',
  signatureHtml: '<b>Wang Fang</b>',
  remoteImages: 0,
  hasOriginal: true,
  receivedAt: '2026-11-30T00:00:00Z',
}

test('signature and history are shown once, in the form of the words above them', () => {
  expect(historyOf(body, true)).toEqual({ html: '<b>Wang Fang</b><br /><blockquote>old</blockquote>', text: '' })
  expect(historyOf(body, false)).toEqual({ html: '', text: 'Wang Fang\n\n> old' })
})

test('what the page holds above is not printed below it once more', () => {
  expect(historyOf({ ...body, signatureHtml: null, quotedHtml: null }, true)).toEqual({ html: '', text: '' })
})

test('plain mails have plain history, however they are looked at', () => {
  const plain = { ...body, html: null, signatureHtml: null, quotedHtml: null }
  expect(historyOf(plain, true)).toEqual({ html: '', text: 'Wang Fang\n\n> old' })
})
