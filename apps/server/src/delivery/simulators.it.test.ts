import { findChannel, channels } from '@qiao/channels'
import { simulators } from '@qiao/channels/simulators'
import { uuidv7 } from 'uuidv7'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../../../../bench/support/server-process.ts'
import { startCompany } from '../testing/company.ts'
import { until } from '../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
// Some providers sign the whole address that they call, so it has to be known before the server listens.
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const company = await startCompany({ QIAO_ROLES: 'web,worker', PORT: String(port), QIAO_URL: url })
const { must, admin, agent, db } = company

test('every channel has a simulator', () => {
  expect(Object.keys(simulators).toSorted()).toEqual(channels.map(({ about }) => about.id).toSorted())
})

/** Customers of every channel write and are answered, while deliveries come twice and out of order. */
describe.each(Object.entries(simulators))('%s', (id, start) => {
  test('a conversation is there once, in order, and its answers arrive once', async () => {
    const simulator = await start()
    afterAll(() => simulator.stop())
    const inbox = await must('POST', '/api/v1/inboxes', admin.credentials, {
      name: id,
      channel: id,
      teamIds: [company.teams.first],
    })
    const path = `/api/v1/inboxes/${inbox.id}/account`
    const { version, callbackUrl } = await must('GET', path, admin.credentials)
    await must('PUT', path, admin.credentials, { version, config: simulator.config })
    simulator.pointTo(String(callbackUrl))
    simulator.faults.duplicates = 1
    const phone = simulator.phone('wang')
    const said = ['one', 'two', 'three']
    for (const text of said) await phone.say({ type: 'text', text })
    await simulator.settled()
    const receivedOf = async (): Promise<string[]> => {
      const rows = await db
        .selectFrom('entries')
        .innerJoin('conversations', 'conversations.id', 'entries.conversation_id')
        .select('body')
        .where('inbox_id', '=', inbox.id)
        .where('kind', '=', 'message.received')
        .orderBy('seq')
        .execute()
      return rows.map(({ body }) => (body as { content: { text: string } }).content.text)
    }
    await until(async () => (await receivedOf()).length >= said.length)
    expect(await receivedOf()).toEqual(said)
    const conversations = await db.selectFrom('conversations').select('id').where('inbox_id', '=', inbox.id).execute()
    expect(conversations).toHaveLength(1)
    const conversationId = conversations[0]?.id ?? ''
    const answers = findChannel(id)?.capabilities.sends.includes('text') ? ['first answer', 'second answer'] : []
    for (const text of answers) {
      const body = { clientKey: uuidv7(), content: { type: 'text', text } }
      await must('POST', `/api/v1/conversations/${conversationId}/messages`, agent.credentials, body)
    }
    const shown = () => phone.screen.filter(({ mine }) => !mine).map(({ text }) => text)
    await until(() => shown().length >= answers.length)
    expect(shown()).toEqual(answers)
    // The look of each full minute may come within the ten seconds after the first, in which WeCom wants none.
    expect(simulator.refusals.filter((code) => code !== '45009')).toEqual([])
    await until(async () => {
      const { rows } = await company.pool.query(
        `select from channel_events where inbox_id = $1 and state = 'waiting'`,
        [inbox.id],
      )
      return rows.length === 0
    })
    expect(await receivedOf()).toEqual(said)
    const status = await must('GET', `${path}/status`, admin.credentials)
    expect(status).toMatchObject({ incoming: { failed: 0, unknown: 0 }, outgoing: { failed: 0, unknown: 0 } })
  })
})
