import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { blankMail } from './mail-draft.ts'
import { forgetSent, rememberSent, sentDraft } from './sent-drafts.ts'

const storage = new Map<string, string>()
beforeEach(() => {
  storage.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  })
})
afterEach(() => vi.unstubAllGlobals())

test('what was sent can be had back as it was, until it is forgotten', () => {
  const mail = { ...blankMail('reply', 'e1'), html: '<p>Tea</p>' }
  rememberSent('s1', mail)
  rememberSent('s2', { ...mail, html: '<p>Pot</p>' })
  expect(sentDraft('s1')).toEqual(mail)
  forgetSent('s1')
  expect(sentDraft('s1')).toBeUndefined()
  expect(sentDraft('s2')?.html).toBe('<p>Pot</p>')
})

test('only the last ones are held, and a storage that is broken hinders nobody', () => {
  for (let at = 0; at < 30; at += 1) rememberSent(`s${at}`, blankMail('new', null))
  expect([sentDraft('s9'), sentDraft('s10')?.kind]).toEqual([undefined, 'new'])
  storage.set('qiao.mails-sent', '{')
  expect(sentDraft('s10')).toBeUndefined()
})
