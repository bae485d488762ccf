import { type Phone, simulators } from '@qiao/channels/simulators'
import type { WidgetLocale } from '@qiao/protocol'
import { afterAll } from 'vitest'
import type { Company } from './company.ts'

/** An inbox of a real channel whose customers wait in this queue, with the channel's simulated provider behind it. */
export async function simulatedInbox(
  { must, admin, teams, db }: Company,
  channel: string,
  queueId: string,
  defaultLocale: WidgetLocale = 'en',
) {
  const simulator = await simulators[channel]?.()
  if (!simulator) throw new Error(`There is no simulator of ${channel}`)
  afterAll(() => simulator.stop())
  const inbox: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, {
    name: channel,
    channel,
    teamIds: [teams.first],
    settings: { defaultLocale, routing: { queueId, departments: [] } },
  })
  const path = `/api/v1/inboxes/${inbox.id}/account`
  const { version, callbackUrl } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: simulator.config })
  simulator.pointTo(String(callbackUrl))
  return {
    inboxId: inbox.id,
    simulator,
    async writes(name: string, text: string): Promise<Phone> {
      const phone = simulator.phone(name)
      await phone.say({ type: 'text', text })
      return phone
    },
    async conversationOf({ address }: Phone): Promise<string | undefined> {
      const row = await db
        .selectFrom('conversations')
        .innerJoin('identities', 'identities.id', 'identity_id')
        .select('conversations.id')
        .where('address', '=', address)
        .where('conversations.inbox_id', '=', inbox.id)
        .orderBy('conversations.created_at', 'desc')
        .executeTakeFirst()
      return row?.id
    },
  }
}

/** What the business has sent to this phone, in order. */
export const shownOn = (phone: Phone): string[] => phone.screen.filter(({ mine }) => !mine).map(({ text }) => text)
