import type { Capabilities } from '@qiao/channels'
import { type Simulator, simulators } from '@qiao/channels/simulators'
import * as fc from 'fast-check'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../bench/support/server-process.ts'
import { startCompany } from './company.ts'
import { connectSimulator } from './connect-simulator.ts'
import { until } from './parrot-company.ts'

const day = 86_400_000

export type Play = Awaited<ReturnType<typeof startPlay>>

/** For one file of tests: modules are shared by files, and a company ends with its file. */
export async function startPlay() {
  vi.setConfig({ testTimeout: 240_000 })
  // Everybody's time begins in the past and is moved on, so that no job waits for a time that has not come.
  let behindMs = 2_000 * day
  const now = (): Date => new Date(Date.now() - behindMs)
  const port = await freePort()
  const settings = { QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: `http://127.0.0.1:${port}` }
  const company = await startCompany(settings, { clock: { now } })
  return { ...company, now, goOn: (ms: number) => void (behindMs -= ms) }
}

const closings = ['window-closed', 'quota-used']

const received = async ({ db }: Play, contactId: string): Promise<number> => {
  const rows = db
    .selectFrom('entries')
    .innerJoin('conversations as c', 'c.id', 'conversation_id')
    .select('entries.id')
    .where('kind', '=', 'message.received')
    .where('c.contact_id', '=', contactId)
  return (await rows.execute()).length
}
const conversationOf = async ({ db }: Play, contactId: string): Promise<string> => {
  const rows = db.selectFrom('conversations').select('id').where('contact_id', '=', contactId)
  return (await rows.orderBy('created_at', 'desc').executeTakeFirstOrThrow()).id
}

async function inboxOf(play: Play, id: string) {
  let aheadMs = 0
  const start = simulators[id]
  if (!start) throw new Error(`There is no ${id}`)
  const simulator: Simulator = await start({ now: () => new Date(play.now().getTime() + aheadMs) })
  afterAll(() => simulator.stop())
  const inbox = await connectSimulator(play, id, simulator)
  return {
    simulator,
    /** The provider's clock alone. */
    goAhead: (ms: number) => void (aheadMs = ms),
    async writes(name: string): Promise<string> {
      const contact = await inbox.contactOf(name)
      const before = contact ? await received(play, contact) : 0
      await simulator.phone(name).say({ type: 'text', text: 'hello' })
      await simulator.settled()
      const contactId = contact ?? (await until(() => inbox.contactOf(name)))
      await until(async () => (await received(play, contactId)) > before)
      return conversationOf(play, contactId)
    },
  }
}

const replyTo = ({ call, agent }: Play, conversationId: string, text: string) =>
  call('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: { type: 'text', text },
  })

const sentOut = ({ db }: Play, conversationId: string): Promise<boolean> =>
  until(async () => {
    const rows = db.selectFrom('deliveries').select('entry_id').where('conversation_id', '=', conversationId)
    return (await rows.where('state', '=', 'waiting').execute()).length === 0
  })

/**
 * Agents and customers of a channel do what they like while time is moved on; every channel that is played needs its file,
 * for each takes its share of the days between then and now.
 */
export const playWindow = (play: Play, id: string, { message }: NonNullable<Capabilities['window']>) =>
  describe(`the window of ${id}`, () => {
    const opened: Awaited<ReturnType<typeof inboxOf>>[] = []
    beforeAll(async () => void opened.push(await inboxOf(play, id)))
    const itsInbox = () => opened[0] ?? expect.unreachable()
    const steps = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.record({ act: fc.constant('reply' as const), parts: fc.constantFrom(1, 1, 1, 3) }) },
        { weight: 1, arbitrary: fc.constant({ act: 'write' as const }) },
        {
          weight: 2,
          arbitrary: fc.record({
            act: fc.constant('wait' as const),
            ms: fc.constantFrom(60_000, 3_600_000, message.ms - 30_000, message.ms + 1_000),
          }),
        },
      ),
      { minLength: 4, maxLength: 12 },
    )

    test('whatever agents do, the provider never has to refuse for its window or its quota', async () => {
      const inbox = itsInbox()
      let customers = 0
      await fc.assert(
        fc.asyncProperty(steps, async (acts) => {
          // Channels of one provider know people of one name as one person, whose contacts become one.
          const name = `${id}${(customers += 1)}`
          let conversation = await inbox.writes(name)
          const statuses: number[] = []
          for (const act of acts) {
            if (act.act === 'reply') {
              const words = 'An answer of a few words. '.repeat(act.parts === 1 ? 1 : 200)
              statuses.push((await replyTo(play, conversation, words)).status)
            } else if (act.act === 'wait') {
              await sentOut(play, conversation)
              play.goOn(act.ms)
            } else conversation = await inbox.writes(name)
          }
          await sentOut(play, conversation)
          // Refused by us, before anything goes out; an error of ours it never is.
          expect(statuses.filter((status) => status >= 500)).toEqual([])
          expect(inbox.simulator.refusals).toEqual([])
        }),
        { numRuns: 2, endOnFailure: true },
      )
      const shown = inbox.simulator.phone(`${id}1`).screen.filter(({ mine }) => !mine)
      expect(shown.length + customers).toBeGreaterThan(1)
    })

    test('where the provider knows better, the agent is told so, and what can be done', async () => {
      const inbox = itsInbox()
      const conversation = await inbox.writes(`${id} late`)
      expect((await replyTo(play, conversation, 'In time')).status).toBeLessThan(300)
      await sentOut(play, conversation)
      // Some allow longer under a tag.
      inbox.goAhead(30 * day)
      const answer = await replyTo(play, conversation, 'Too late')
      expect(answer.status).toBeLessThan(300)
      await sentOut(play, conversation)
      const { rows } = await play.pool.query<{ state: string; code: string }>(
        `select state, problem ->> 'code' as code from deliveries where conversation_id = $1 order by entry_id desc limit 1`,
        [conversation],
      )
      expect(rows).toMatchObject([{ state: 'failed' }])
      expect(closings).toContain(rows[0]?.code)
      const policy = await play.must(
        'GET',
        `/api/v1/conversations/${conversation}/reply-policy`,
        play.agent.credentials,
      )
      expect({ id, policy }).toMatchObject({ policy: { free: null } })
      expect(inbox.simulator.refusals.length).toBeGreaterThan(0)
    })
  })
