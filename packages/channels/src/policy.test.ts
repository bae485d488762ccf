import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterRefusal } from './consent.ts'
import { afterAct, afterSending, afterSession, emptyLedger, permissionNow } from './policy.ts'

const hour = 3_600_000
const wechat = {
  templates: true,
  window: {
    message: { ms: 48 * hour, messages: 5 },
    acts: { click: { ms: 60_000, messages: 3 } },
    afterwards: ['template' as const],
  },
}
const meta = {
  templates: false,
  window: {
    message: { ms: 24 * hour, messages: null },
    afterwards: ['human-agent' as const],
    humanAgentMs: 7 * 24 * hour,
  },
}

test('a window opens with a message, counts what goes out and shuts', () => {
  const wrote = afterAct(wechat, emptyLedger, 'message', 0)
  expect(permissionNow(wechat, wrote, hour).free).toEqual({ closesAt: 48 * hour, left: 5 })
  const sent = afterSending(wechat, wrote, 5, hour)
  expect(permissionNow(wechat, sent, hour)).toMatchObject({ free: null, template: true, why: 'quota-used' })
  expect(permissionNow(wechat, wrote, 48 * hour)).toMatchObject({ free: null, why: 'window-closed' })
  expect(permissionNow(wechat, afterAct(wechat, sent, 'message', hour), hour).free?.left).toBe(5)
})

test('lesser acts add to what is open and are used up first', () => {
  const both = afterAct(wechat, afterAct(wechat, emptyLedger, 'message', 0), 'click', 10)
  expect(permissionNow(wechat, both, 20).free).toEqual({ closesAt: 48 * hour, left: 8 })
  const sent = afterSending(wechat, both, 4, 20)
  expect(permissionNow(wechat, sent, 30).free?.left).toBe(4)
  expect(permissionNow(wechat, sent, 2 * 60_000).free?.left).toBe(4)
})

test('when a message is used up, what a click opens ends with the click', () => {
  const used = afterSending(wechat, afterAct(wechat, emptyLedger, 'message', 0), 5, 1)
  const clicked = afterAct(wechat, used, 'click', hour)
  expect(permissionNow(wechat, clicked, hour).free).toEqual({ closesAt: hour + 60_000, left: 3 })
})

test('a late or repeated message neither shortens the window nor gives messages back', () => {
  const ledger = afterSending(wechat, afterAct(wechat, emptyLedger, 'message', hour), 3, hour)
  expect(afterAct(wechat, ledger, 'message', hour)).toEqual(ledger)
  expect(afterAct(wechat, ledger, 'message', 5)).toEqual(ledger)
})

test('people may answer longer than programs', () => {
  const wrote = afterAct(meta, emptyLedger, 'message', 0)
  expect(permissionNow(meta, wrote, 25 * hour)).toMatchObject({ free: null, humanAgent: { closesAt: 7 * 24 * hour } })
  expect(permissionNow(meta, wrote, 8 * 24 * hour).humanAgent).toBeNull()
})

test('never more goes out than was allowed, in any order of events', () => {
  const step = fc.record({
    act: fc.constantFrom('message', 'click', 'send'),
    wait: fc.integer({ min: 0, max: 30 * hour }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let [ledger, now, granted, sent] = [emptyLedger, 0, 0, 0]
      for (const { act, wait } of steps) {
        now += wait
        if (act === 'send') {
          if (!permissionNow(wechat, ledger, now).free) continue
          ledger = afterSending(wechat, ledger, 1, now)
          sent += 1
        } else {
          ledger = afterAct(wechat, ledger, act, now)
          granted += act === 'message' ? 5 : 3
        }
        expect(sent).toBeLessThanOrEqual(granted)
        for (const grant of ledger.grants) expect(grant.used).toBeLessThanOrEqual(grant.act === 'message' ? 5 : 3)
      }
    }),
  )
})

test('what people hold in the provider’s own app is shut, until it is over, the customer writes, or it has run out', () => {
  const rules = { window: { message: { ms: 48 * hour, messages: 5 }, afterwards: [] }, templates: false }
  const wrote = afterAct(rules, emptyLedger, 'message', 0)
  const held = afterSession(wrote, 'theirs', hour)
  expect(permissionNow(rules, held, 2 * hour)).toMatchObject({ free: null, template: false, why: 'held-elsewhere' })
  expect(permissionNow(rules, afterAct(rules, held, 'message', 2 * hour), 3 * hour).why).toBe('held-elsewhere')
  const over = afterSession(held, 'over', 3 * hour)
  expect(permissionNow(rules, over, 3 * hour)).toMatchObject({ free: null, why: 'window-closed' })
  expect(permissionNow(rules, afterAct(rules, over, 'message', 4 * hour), 4 * hour).free).toMatchObject({ left: 5 })
  expect(permissionNow(rules, held, 50 * hour).why).toBe('window-closed')
  // Whoever did not hear of it learns it from the refusal.
  const refused = afterRefusal({ optOut: null }, wrote, { code: 'held-elsewhere' }, { kind: 'free', sentAt: hour })
  expect(permissionNow(rules, refused, 2 * hour).why).toBe('held-elsewhere')
})
