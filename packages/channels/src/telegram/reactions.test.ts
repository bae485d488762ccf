import { expect, test } from 'vitest'
import { telegramChannel } from './index.ts'

test('agents are not offered reactions in chats of a business account, and are told why', () => {
  const at = (address: string) => telegramChannel.capabilitiesAt?.(address)
  expect(at('7')).toEqual({})
  expect(at('-1001234567890')).toEqual({})
  expect(at('7@biz_1')).toEqual({
    reactions: {
      in: true,
      out: false,
      why: { zh: expect.stringContaining('商业账号'), en: expect.stringContaining('business') },
    },
  })
})
