import { type MessageContent, messageContent, queueSettings } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { type Known, pointsOf } from './priority-points.ts'

const text = (words: string): MessageContent => ({ type: 'text', text: words, markup: 'none' })
const rules = queueSettings.parse({
  priorities: [
    { attribute: 'level', value: 'gold', points: 100 },
    { attribute: 'visits', value: '3', points: 5 },
  ],
  topicPriorities: [
    { topic: 'refund', points: 30 },
    { topic: 'praise', points: -10 },
  ],
  wordPriorities: [
    { words: ['urgent', '紧急', '急'], points: 50 },
    { words: ['Straße'], points: 7 },
    { words: ['lawyer', '12315'], points: 200 },
  ],
})
const nothing: Known = { attributes: {}, topic: null, said: [] }

test.each<[string, Partial<Known>, number]>([
  ['nothing known', {}, 0],
  ['an attribute', { attributes: { level: 'gold' } }, 100],
  ['a number as a value', { attributes: { visits: 3 } }, 5],
  ['another value', { attributes: { level: 'Gold' } }, 0],
  ['a topic', { topic: 'refund' }, 30],
  ['a topic for later', { topic: 'praise' }, -10],
  ['a topic without a rule', { topic: 'other' }, 0],
  ['a word in whatever case', { said: [text('This is URGENT!')] }, 50],
  ['within Chinese, without borders', { said: [text('我有紧急问题')] }, 50],
  ['several words of one rule count once', { said: [text('urgent, 紧急, 急')] }, 50],
  ['wide letters', { said: [text('ｕｒｇｅｎｔ')] }, 50],
  ['a capital that only others have', { said: [text('STRASSE, straße')] }, 7],
  ['of the first message and of what was left', { said: [text('hello'), text('my lawyer says')] }, 200],
  ['everything adds up', { attributes: { level: 'gold' }, topic: 'refund', said: [text('急！12315')] }, 380],
])('%s', (_name, known, points) => {
  expect(pointsOf(rules, { ...nothing, ...known })).toBe(points)
})

test('the subject of a letter, and the values of a form that was left', () => {
  const letter = messageContent.parse({
    type: 'mail',
    subject: 'Urgent: order',
    from: { name: '', address: 'a@example.com' },
    to: [],
    cc: [],
    bcc: [],
    text: 'hello',
  })
  expect(pointsOf(rules, { ...nothing, said: [letter] })).toBe(50)
  const left = messageContent.parse({
    type: 'left-message',
    text: 'please call',
    values: [{ name: 'why', label: 'Why', value: '急' }],
  })
  expect(pointsOf(rules, { ...nothing, said: [left] })).toBe(50)
})

test('without rules there are none', () => {
  expect(pointsOf(queueSettings.parse({}), { ...nothing, said: [text('urgent')] })).toBe(0)
})
