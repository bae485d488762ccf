import { expect, test } from 'vitest'
import type { Channel } from './contract.ts'
import { kit as smppKit } from './smpp/kit.ts'
import { smpp } from './smpp/index.ts'
import { kit as twilioKit } from './twilio/kit.ts'
import { twilio } from './twilio/index.ts'

/** As operators will count them, of what is rendered. */
function counted<Config>(channel: Channel<Config>, config: Config, to: string, text: string) {
  const rendered = channel.render(
    { to, content: { type: 'text', text, markup: 'none' }, window: 'open', links: {} },
    config,
  )
  return rendered.kind === 'parts' ? rendered.parts.map((part) => channel.segmentsIn?.(part)) : []
}
const onSmpp = (text: string) => counted(smpp, smppKit.config, smppKit.to, text)
const onTwilio = (text: string) => counted(twilio, twilioKit.config, twilioKit.to, text)

test('one request of many segments counts them all', () => {
  expect(onTwilio('t'.repeat(160))).toEqual([{ encoding: 'gsm-7', count: 1 }])
  expect(onTwilio('t'.repeat(161))).toEqual([{ encoding: 'gsm-7', count: 2 }])
  expect(onTwilio('茶'.repeat(135))).toEqual([{ encoding: 'ucs-2', count: 3 }])
})

test('where each segment is a request of its own, each counts once', () => {
  expect(onSmpp('茶'.repeat(70))).toEqual([{ encoding: 'ucs-2', count: 1 }])
  expect(onSmpp('茶'.repeat(135))).toEqual(Array.from({ length: 3 }, () => ({ encoding: 'ucs-2', count: 1 })))
  expect(onSmpp('t'.repeat(161))).toEqual(Array.from({ length: 2 }, () => ({ encoding: 'gsm-7', count: 1 })))
})
