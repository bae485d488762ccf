import { expect, test } from 'vitest'
import { sessionMove } from './session-move.ts'

const word = (text: string) => ({ zh: text, en: text })
const sessions = { give: word('give'), giveAsk: word('give?'), end: word('end'), endAsk: word('end?') }
const no = { in: false, out: false }
const limits = {
  sends: ['text'],
  text: { most: 100, unit: 'characters' as const, splits: true },
  attachments: {},
  menu: null,
  replyTo: false,
  edits: no,
  recalls: no,
  reactions: no,
  templates: false,
}
const free = { closesAt: null, left: 5, of: 5 }

test('a session is handed over while one may write, and taken out of their hands while people there have it', () => {
  const here = { limits: { ...limits, sessions }, why: null, free }
  expect(sessionMove(here)).toEqual({ to: 'theirs', label: sessions.give, ask: sessions.giveAsk })
  const there = { ...here, why: 'held-elsewhere', free: null }
  expect(sessionMove(there)).toEqual({ to: 'over', label: sessions.end, ask: sessions.endAsk })
  expect(sessionMove({ ...here, why: 'window-closed', free: null })).toBeNull()
})

test('nothing is offered on channels without sessions, nor in web chat', () => {
  expect(sessionMove({ limits, why: null, free })).toBeNull()
  expect(sessionMove({ limits: null, why: null, free })).toBeNull()
  expect(sessionMove(undefined)).toBeNull()
})
