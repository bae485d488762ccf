import { expect, onTestFinished, test } from 'vitest'
import { testContext } from '../test-context.ts'
import { startReceiver } from '../test-receiver.ts'
import { config as configSchema } from './config.ts'
import { whatsapp } from './index.ts'
import { startSimulator } from './simulator.ts'

test('a reaction stands on the message of the customer until it is taken back or the window shuts', async () => {
  const clock = { at: new Date('2026-07-01T10:00:00Z') }
  const simulator = await startSimulator({ now: () => clock.at })
  const config = configSchema.parse(simulator.config)
  const receiver = await startReceiver(whatsapp, config)
  onTestFinished(() => Promise.all([simulator.stop(), receiver.stop()]).then(() => undefined))
  simulator.pointTo(receiver.url)
  const context = testContext(config, { callbackUrl: receiver.url })
  const phone = simulator.phone('Lin')
  const messageId = await phone.say({ type: 'text', text: 'It came, thanks' })
  const react = (emoji: string | null) =>
    whatsapp.revise?.({ kind: 'react', to: phone.address, messageId, emoji }, context) ?? null
  for (const emoji of ['👍', '🍵', '🍵']) expect(await react(emoji)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBe('🍵')
  simulator.faults.next.push('silence-after')
  expect(await react(null)).toMatchObject({ kind: 'retry' })
  expect(await react(null)).toMatchObject({ kind: 'accepted' })
  expect(phone.screen.at(-1)?.reaction).toBeUndefined()
  await simulator.settled()
  expect(new Set(receiver.of('receipt').map(({ state }) => state))).toEqual(new Set(['sent']))
  clock.at = new Date(clock.at.getTime() + 25 * 3_600_000)
  expect(await react('👍')).toMatchObject({ kind: 'rejected', problem: { code: 'window-closed' } })
  const part = { request: { type: 'text' } }
  const edit = { kind: 'edit', to: phone.address, messageId, part } as const
  expect(await whatsapp.revise?.(edit, context)).toMatchObject({ kind: 'rejected', problem: { code: 'unsupported' } })
})
