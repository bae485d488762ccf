import { expect, test } from 'vitest'
import { smsCapabilities } from './families/sms-cn/reply.ts'
import { emptyLedger, permissionNow } from './policy.ts'
import { opening, quotaOf } from './quota.ts'

const minute = 60_000
const window = {
  message: { ms: 48 * 60 * minute, messages: 5 },
  acts: { click: { ms: minute, messages: 3 }, look: { ms: 0, messages: 0 } },
  afterwards: ['template'],
} as const
const written = { act: 'message', openedAt: 0, used: 2 }
const clicked = { act: 'click', openedAt: 10 * minute, used: 0 }

test('the total is that of all that is open, and nothing without a limit', () => {
  expect(quotaOf({ window }, { grants: [written] }, minute)).toEqual({ of: 5, closedAt: null })
  expect(quotaOf({ window }, { grants: [written, clicked] }, 10 * minute)).toEqual({ of: 8, closedAt: null })
  expect(quotaOf({ window }, { grants: [written, clicked] }, 11 * minute)).toEqual({ of: 5, closedAt: null })
  const endless = { ...window, message: { ms: minute, messages: null } }
  expect(quotaOf({ window: endless }, { grants: [written] }, 1)).toEqual({ of: null, closedAt: null })
  expect(quotaOf({ window: null }, { grants: [] }, 1)).toEqual({ of: null, closedAt: null })
})

test('a window that was open says since when it is not', () => {
  expect(quotaOf({ window }, { grants: [written, clicked] }, 49 * 60 * minute)).toEqual({
    of: null,
    closedAt: 48 * 60 * minute,
  })
  expect(quotaOf({ window }, { grants: [] }, minute)).toEqual({ of: null, closedAt: null })
})

test('what opens it again are the acts that allow anything', () => {
  expect(opening({ window })).toEqual(['message', 'click'])
  expect(opening({ window: null })).toEqual([])
  expect(opening(smsCapabilities(null, { perSecond: 1, perPeerPerSecond: 1 }))).toEqual([])
})

test('an account that has nothing but templates never had a window that could close', () => {
  const rules = smsCapabilities(null, { perSecond: 1, perPeerPerSecond: 1 })
  expect(permissionNow(rules, emptyLedger, 0)).toMatchObject({ free: null, template: true, why: 'only-templates' })
  expect(permissionNow({ window, templates: true }, emptyLedger, 0).why).toBe('window-closed')
})
