import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterAct, afterRefusal, afterSending, consentOf, emptyLedger, permissionNow } from './policy.ts'

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

test('a late or repeated message neither shortens the window nor gives messages back', () => {
  const ledger = afterSending(wechat, afterAct(wechat, emptyLedger, 'message', hour), 3, hour)
  expect(afterAct(wechat, ledger, 'message', hour)).toEqual(ledger)
  expect(afterAct(wechat, ledger, 'message', 5)).toEqual(ledger)
})

test('people may answer longer than programs', () => {
  const wrote = afterAct(meta, emptyLedger, 'message', 0)
  expect(permissionNow(meta, wrote, 25 * hour)).toMatchObject({ free: null, humanAgent: { closesAt: 7 * 24 * hour } })
  expect(permissionNow(meta, wrote, 8 * 24 * hour).humanAgent).toBeNull()
  expect(permissionNow(meta, afterRefusal(wrote), hour).free).toBeNull()
})

test('who does not want to hear from us hears nothing', () => {
  expect(permissionNow({ window: null, templates: true }, { ...emptyLedger, optedOut: true }, 0)).toMatchObject({
    free: null,
    template: false,
    why: 'opted-out',
  })
  const words = { optOut: { stop: ['STOP', 'TD', '退订'], start: ['START'] } }
  expect(consentOf(' ｔｄ ', words)).toBe(false)
  expect(consentOf('start', words)).toBe(true)
  expect(consentOf('Please stop', words)).toBeNull()
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
