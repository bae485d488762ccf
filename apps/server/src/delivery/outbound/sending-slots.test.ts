import type { SendResult } from '@qiao/channels'
import { expect, test } from 'vitest'
import { createSendingSlots } from './sending-slots.ts'

const silence: SendResult = { kind: 'unknown', problem: { code: 'no-answer' } }
const refusal: SendResult = { kind: 'rejected', problem: { code: 'unreachable' } }

function slots() {
  const clock = { now: 0 }
  const all = createSendingSlots(16, () => clock.now)
  const take = (inboxId: string) => {
    const taken = all.take(inboxId)
    if (taken.kind !== 'slot') throw new Error(`nothing is free: ${taken.kind}`)
    return taken
  }
  return { all, clock, slot: take }
}

test('one account has half of the places, and what is given back is free again', () => {
  const { all, slot } = slots()
  const taken = Array.from({ length: 8 }, () => slot('a'))
  expect(all.take('a')).toEqual({ kind: 'full' })
  expect(all.take('b').kind).toBe('slot')
  taken[0]?.giveBack()
  expect(all.take('a').kind).toBe('slot')
})

test('who waits is called in turn, one for each that is given back, and at once where one is free', () => {
  const { all, slot } = slots()
  const taken = Array.from({ length: 8 }, () => slot('a'))
  const called: string[] = []
  for (const name of ['one', 'two', 'three']) all.whenFree('a', () => called.push(name))
  expect(called).toEqual([])
  taken[0]?.giveBack()
  expect(called).toEqual(['one'])
  taken[1]?.giveBack()
  taken[2]?.giveBack()
  all.whenFree('a', () => called.push('four'))
  expect(called).toEqual(['one', 'two', 'three', 'four'])
})

test('where nobody is answered one is tried at a time, and all go on once it is', () => {
  const { all, slot, clock } = slots()
  const taken = Array.from({ length: 8 }, () => slot('a'))
  clock.now = 15_000
  for (const each of taken) {
    all.note('a', silence, 15_000)
    each.giveBack()
  }
  expect(all.take('a')).toEqual({ kind: 'silent', ms: 10_000 })
  expect(all.take('b').kind).toBe('slot')
  clock.now = 25_000
  const probe = slot('a')
  expect(all.take('a')).toMatchObject({ kind: 'silent' })
  clock.now = 40_000
  all.note('a', silence, 15_000)
  probe.giveBack()
  expect(all.take('a')).toEqual({ kind: 'silent', ms: 10_000 })
  clock.now = 50_000
  const next = slot('a')
  all.note('a', refusal, 20)
  expect(all.take('a').kind).toBe('slot')
  next.giveBack()
})

test('a time-out now and then, and connections that are refused at once, hold nothing up', () => {
  const { all, slot } = slots()
  const held = slot('a')
  for (let call = 0; call < 20; call += 1) {
    all.note('a', silence, 15_000)
    all.note('a', { kind: 'accepted', messageId: null }, 50)
    all.note('a', { kind: 'retry', problem: { code: 'no-answer' }, afterMs: null }, 3)
  }
  held.giveBack()
  expect(all.take('a').kind).toBe('slot')
})
