import { afterAct, afterSending, channels, emptyLedger, permissionNow } from '@qiao/channels'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isCounted, mayAnnounce } from './announcing.ts'

const window = (messages: number | null) => ({
  window: { message: { ms: 1000, messages }, afterwards: ['human-agent' as const], humanAgentMs: 5000 },
  templates: true,
})
const wrote = afterAct(window(5), emptyLedger, 'message', 0)

test('half of five stays for the agents', () => {
  const rules = window(5)
  const after = (sent: number) => permissionNow(rules, afterSending(rules, wrote, sent, 1), 2)
  expect([0, 1, 2, 3].map((sent) => mayAnnounce(rules, after(sent), 1, 0))).toEqual([true, true, false, false])
  expect(mayAnnounce(rules, after(0), 3, 0)).toBe(false)
  expect(mayAnnounce(rules, after(0), 1, 2)).toBe(false)
})

test('of three that a press allows one may be announced', () => {
  const free = (left: number) => ({ free: { closesAt: 9, left }, of: 3 })
  expect([3, 2, 1].map((left) => mayAnnounce(window(5), free(left), 1, 0))).toEqual([true, false, false])
})

test('nothing goes out under what is for people alone, to who wants nothing, or as a template', () => {
  const rules = window(null)
  expect(mayAnnounce(rules, permissionNow(rules, wrote, 2), 9, 9)).toBe(true)
  expect(permissionNow(rules, wrote, 2000).humanAgent).not.toBeNull()
  expect(mayAnnounce(rules, permissionNow(rules, wrote, 2000), 1, 0)).toBe(false)
  expect(mayAnnounce(rules, permissionNow(rules, { ...wrote, stop: { by: 'word', at: 0 } }, 2), 1, 0)).toBe(false)
})

test('whatever is announced, agents never find the quota used up by it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: 1, max: 4 })), (messages, wishes) => {
      const rules = window(messages)
      let ledger = afterAct(rules, emptyLedger, 'message', 0)
      for (const parts of wishes)
        if (mayAnnounce(rules, permissionNow(rules, ledger, 1), parts, 0))
          ledger = afterSending(rules, ledger, parts, 1)
      expect(permissionNow(rules, ledger, 1).free?.left).toBeGreaterThanOrEqual(Math.ceil(messages / 2))
    }),
  )
})

test('which channels count and which are paid is said by their data', () => {
  const named = (which: (channel: (typeof channels)[number]) => boolean) =>
    channels.filter(which).map(({ about }) => about.id)
  expect(named(({ capabilities }) => isCounted(capabilities))).toEqual(expect.arrayContaining(['wechat', 'wecom']))
  expect(named(({ capabilities }) => isCounted(capabilities))).not.toContain('telegram')
  const paid = named(({ capabilities }) => capabilities.paid === true)
  expect(paid).toEqual(expect.arrayContaining(['aliyun', 'smpp', 'tencent', 'twilio']))
  expect(paid).not.toContain('telegram')
})
