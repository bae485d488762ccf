import type { Offer } from '@qiao/protocol'
import { expect, test } from 'vitest'
import { sampleAt, sampleId } from '../conversations/sample.ts'
import { end, forget, match, overdue, ring } from './offers.ts'

const offer = (number: number): Offer => ({
  id: sampleId(number),
  itemId: sampleId(100 + number),
  conversationId: sampleId(200 + number),
  queueId: sampleId(300),
  channel: 'web',
  madeAt: sampleAt(0),
  expiresAt: sampleAt(1),
  waitingSince: sampleAt(0),
  contact: { name: null, language: null },
  preview: '',
  shared: false,
  why: { step: 0, preferred: false, policy: 'most-free', score: 1 },
})
const [first, second] = [offer(1), offer(2)]

test('an offer rings once, however often it is told', () => {
  const once = ring([], first)
  expect(ring(once, first)).toBe(once)
  expect(ring(once, second).map((each) => each.offer.id)).toEqual([first.id, second.id])
})

test('the first word about its end stays until it is forgotten', () => {
  const ended = end(ring([], first), first.id, 'accepted')
  expect(end(ended, first.id, 'withdrawn')).toBe(ended)
  expect(ended[0]?.ended).toBe('accepted')
  expect(forget(ended, first.id)).toEqual([])
  expect(end(ended, second.id, 'missed')).toBe(ended)
})

test('of what was known before a reading, what it does not name is gone; what it names rings', () => {
  const known = new Set([first.id, second.id])
  const before = end(ring(ring([], first), second), second.id, 'missed')
  expect(match(before, [offer(3)], known).map((each) => each.offer.id)).toEqual([second.id, sampleId(3)])
  const same = ring([], first)
  expect(match(same, [first], known)).toBe(same)
})

test('what began to ring during a reading stays', () => {
  expect(match(ring([], second), [], new Set([first.id])).map((each) => each.offer.id)).toEqual([second.id])
})

test('without a connection an offer ends some seconds after its time', () => {
  const until = Date.parse(first.expiresAt)
  const offers = ring([], first)
  expect(overdue(offers, until + 2000)).toEqual([])
  expect(overdue(offers, until + 4000)).toEqual([first.id])
  expect(overdue(end(offers, first.id, 'declined'), until + 4000)).toEqual([])
})
