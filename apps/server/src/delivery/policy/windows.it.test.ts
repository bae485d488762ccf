import * as fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { parrotCapabilities, parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'
import type { Sent } from '../../testing/parrot-provider.ts'

vi.setConfig({ testTimeout: 120_000 })
const quota = 3
const windowMs = 48 * 3_600_000
/** The provider's own book, kept apart from ours: what each customer's last message allows. */
const book = new Map<string, { openedAt: number; used: number }>()
function policy({ to }: Sent): string | null {
  const grant = book.get(to)
  if (!grant || Date.now() >= grant.openedAt + windowMs) return 'window-closed'
  if (grant.used >= quota) return 'quota-used'
  grant.used += 1
  return null
}
const channel = parrotWith({
  window: { message: { ms: windowMs, messages: quota }, afterwards: ['template'] },
  ordering: { in: 'ordered', settleMs: 0 },
  text: { ...parrotCapabilities.text, most: 4000 },
})
const company = await startParrotCompany({ channel, policy })
const { provider, db } = company

const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ act: 'reply' as const }) },
    {
      weight: 1,
      arbitrary: fc.record({
        act: fc.constant('write' as const),
        agoMs: fc.constantFrom(0, 60_000, windowMs - 30_000, windowMs + 1),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ act: 'trouble' as const }) },
  ),
  { minLength: 5, maxLength: 14 },
)

test('whatever agents and customers do, the provider never has to refuse for window or quota', async () => {
  let customers = 0
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      customers += 1
      const address = String(4000 + customers)
      const write = async (agoMs: number): Promise<void> => {
        const at = Date.now() - agoMs
        const known = book.get(address)
        // As the provider sees it: a message opens the window when it is written.
        if (!known || at > known.openedAt) book.set(address, { openedAt: at, used: 0 })
        await company.say(address, 'hello', { id: uuidv7(), at: new Date(at).toISOString() })
      }
      await write(0)
      const id = await until(() => company.conversationOf(address))
      // At once, as several agents would: the early look and the sending both have to hold.
      await Promise.all(
        steps.map(async (step) => {
          if (step.act === 'reply') await company.reply(id, 'an answer')
          else if (step.act === 'write') await write(step.agoMs)
          else provider.faults.push(500)
        }),
      )
      await until(async () => {
        const waiting = await db
          .selectFrom('deliveries')
          .select('entry_id')
          .where('conversation_id', '=', id)
          .where('state', '=', 'waiting')
          .executeTakeFirst()
        return waiting === undefined
      })
      expect(provider.refusals).toEqual([])
    }),
    { numRuns: 12 },
  )
})
