import { type Simulator, simulators } from '@qiao/channels/simulators'
import type { Company } from './company.ts'
import { until } from './parrot-company.ts'

/**
 * An inbox of a real channel with its simulated provider. The company has to know its address before it starts
 * (`freePort`): some providers sign the whole of what they call.
 */
export async function connectSimulator(
  { must, admin, db, teams }: Company,
  channel: string,
  simulator: Simulator,
  settings: object = {},
) {
  const body = { name: channel, channel, teamIds: [teams.first], settings }
  const { id }: { id: string } = await must('POST', '/api/v1/inboxes', admin.credentials, body)
  const path = `/api/v1/inboxes/${id}/account`
  const { version, callbackUrl } = await must('GET', path, admin.credentials)
  await must('PUT', path, admin.credentials, { version, config: simulator.config })
  simulator.pointTo(String(callbackUrl))
  async function contactOf(name: string): Promise<string | undefined> {
    const { address } = simulator.phone(name)
    const rows = db.selectFrom('identities').select('contact_id').where('inbox_id', '=', id)
    return (await rows.where('address', '=', address).executeTakeFirst())?.contact_id
  }
  return {
    id,
    simulator,
    phone: (name: string) => simulator.phone(name),
    contactOf,
    /** Gives the contact, once there is one. */
    async write(name: string, text = 'hello'): Promise<string> {
      await simulator.phone(name).say({ type: 'text', text })
      return until(() => contactOf(name))
    },
  }
}

export const startSimulator = async (channel: string): Promise<Simulator> => {
  const simulator = await simulators[channel]?.()
  if (!simulator) throw new Error(`There is no ${channel}`)
  return simulator
}
