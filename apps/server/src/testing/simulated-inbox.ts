import type { Phone } from '@qiao/channels/simulators'
import type { WidgetLocale } from '@qiao/protocol'
import { afterAll } from 'vitest'
import type { Company } from './company.ts'
import { connectSimulator, startSimulator } from './connect-simulator.ts'

/** An inbox of a real channel whose customers wait in this queue, with the channel's simulated provider behind it. */
export async function simulatedInbox(
  company: Company,
  channel: string,
  queueId: string,
  defaultLocale: WidgetLocale = 'en',
) {
  const simulator = await startSimulator(channel)
  afterAll(() => simulator.stop())
  const settings = { defaultLocale, routing: { queueId, departments: [] } }
  const { id: inboxId } = await connectSimulator(company, channel, simulator, settings)
  return {
    inboxId,
    simulator,
    async writes(name: string, text: string): Promise<Phone> {
      const phone = simulator.phone(name)
      await phone.say({ type: 'text', text })
      return phone
    },
    async conversationOf({ address }: Phone): Promise<string | undefined> {
      const row = await company.db
        .selectFrom('conversations')
        .innerJoin('identities', 'identities.id', 'identity_id')
        .select('conversations.id')
        .where('address', '=', address)
        .where('conversations.inbox_id', '=', inboxId)
        .orderBy('conversations.created_at', 'desc')
        .executeTakeFirst()
      return row?.id
    },
  }
}

/** What the business has sent to this phone, in order. */
export const shownOn = (phone: Phone): string[] => phone.screen.filter(({ mine }) => !mine).map(({ text }) => text)
