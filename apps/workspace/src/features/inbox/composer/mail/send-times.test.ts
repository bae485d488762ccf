import { expect, test } from 'vitest'
import { sendTimes } from './send-times.ts'

const keys = (now: Date): string[] => sendTimes(now).map(({ key }) => key)

test('times to send at are ahead, at nine in the morning', () => {
  const wednesday = new Date(2026, 0, 7, 17, 20)
  const [hour, tomorrow, monday] = sendTimes(wednesday)
  expect(hour?.at).toEqual(new Date(2026, 0, 7, 18, 20))
  expect(tomorrow?.at).toEqual(new Date(2026, 0, 8, 9))
  expect(monday?.at).toEqual(new Date(2026, 0, 12, 9))
})

test('Monday is not said twice on a Sunday, and is a week ahead on a Monday', () => {
  expect(keys(new Date(2026, 0, 11, 8))).toEqual(['hour', 'tomorrow'])
  expect(sendTimes(new Date(2026, 0, 12, 8)).at(-1)?.at).toEqual(new Date(2026, 0, 19, 9))
})
