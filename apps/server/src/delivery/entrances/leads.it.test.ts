import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../../../bench/support/server-process.ts'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connectSimulator, startSimulator } from '../../testing/connect-simulator.ts'
import { until } from '../../testing/parrot-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const port = await freePort()
const company = await startCompany({
  QIAO_ROLES: 'web,worker',
  PORT: String(port),
  QIAO_URL: `http://127.0.0.1:${port}`,
})
const { must, call, admin, agent, lead, db, pool, teams } = company
const usual = await addQueue(db)
const vip = await addQueue(db)
await db.updateTable('agents').set({ number: '1024' }).where('id', '=', agent.id).execute()
const simulator = await startSimulator('wechat')
const whatsapp = await startSimulator('whatsapp')
afterAll(async () => {
  await simulator.stop()
  await whatsapp.stop()
})
const settings = { routing: { queueId: usual, departments: [] } }
const inbox = await connectSimulator(company, 'wechat', simulator, settings)
const pathOf = (inboxId: string) => `/api/v1/inboxes/${inboxId}/entrance-codes`
const path = pathOf(inbox.id)

interface Code {
  id: string
  name: string
  url: string
}
async function make(parameter: string, leadsTo: object, at = path): Promise<Code> {
  return (await must('POST', at, admin.credentials, { name: parameter, parameter, leadsTo })).code
}
async function settled(provider = simulator): Promise<void> {
  await provider.settled()
  await until(async () => {
    const { rows } = await pool.query(`select from channel_events where state = 'waiting'`)
    return rows.length === 0
  })
}
/** The latest conversation of whoever writes so, with what its first entry says. */
async function conversationOf(name: string, provider = simulator) {
  const row = await db
    .selectFrom('conversations')
    .innerJoin('identities', 'identities.id', 'identity_id')
    .select('conversations.id')
    .where('address', '=', provider.phone(name).address)
    .orderBy('conversations.created_at', 'desc')
    .executeTakeFirstOrThrow()
  const { conversation } = await must('GET', `/api/v1/conversations/${row.id}`, admin.credentials)
  const { entries } = await must('GET', `/api/v1/conversations/${row.id}/entries?limit=200`, admin.credentials)
  const { rows } = await pool.query('select preferred_agent_id from work_items where conversation_id = $1', [row.id])
  return { ...conversation, started: entries[0].body, preferred: rows.at(-1)?.preferred_agent_id ?? null }
}
const says = async (name: string, text: string, provider = simulator) => {
  await provider.phone(name).say({ type: 'text', text })
  await settled(provider)
  return conversationOf(name, provider)
}

test('whoever comes by a code goes to its queue and team, and its agent is asked first; others go as ever', async () => {
  const code = await make('vip', { queueId: vip, teamId: teams.first, agentNumber: '1024' })
  expect(code).toMatchObject({ leadsTo: { queueId: vip, teamId: teams.first, agentNumber: '1024' } })
  await simulator.phone('wang').act(`follow:${code.url}`)
  await settled()
  const led = await says('wang', 'hello')
  expect(led).toMatchObject({
    teamId: teams.first,
    queue: { queueId: vip },
    started: { via: 'visitor', queueId: vip, wantsAgent: '1024' },
    preferred: agent.id,
  })
  await says('wang', 'again')
  expect((await pool.query('select from entered_by')).rows).toEqual([])
  expect(await says('zhao', 'hello')).toMatchObject({ teamId: null, queue: { queueId: usual }, preferred: null })
})

test('a later conversation goes by the code that was scanned before it, and the one that goes on stays where it is', async () => {
  const code = await make('shop', { queueId: vip })
  const first = await says('qian', 'hello')
  const phone = simulator.phone('qian')
  // What goes on is not moved, nor is the next one led by what happened during it.
  await phone.act(`scan:${code.url}`)
  await settled()
  expect(await says('qian', 'still here')).toMatchObject({ id: first.id, queue: { queueId: usual } })
  const close = async (id: string) => {
    await must('POST', `/api/v1/conversations/${id}/close`, admin.credentials, {
      clientKey: uuidv7(),
      reason: 'resolved',
    })
    // Long enough ago not to open again.
    await pool.query(`update conversations set closed_at = closed_at - interval '30 days' where id = $1`, [id])
  }
  await close(first.id)
  const second = await says('qian', 'something new')
  expect(second).toMatchObject({ queue: { queueId: usual } })
  await close(second.id)
  simulator.faults.duplicates = 1
  await phone.act(`scan:${code.url}`)
  await settled()
  const third = await says('qian', 'by the code')
  simulator.faults.duplicates = 0
  expect(third).toMatchObject({ queue: { queueId: vip } })
  expect(new Set([first.id, second.id, third.id]).size).toBe(3)
})

test('a parameter that comes as the first words leads too, and one of another inbox does not', async () => {
  const other = await connectSimulator(company, 'whatsapp', whatsapp, settings)
  await make('window-1', { queueId: vip }, pathOf(other.id))
  expect(await says('Ben', 'window-1', whatsapp)).toMatchObject({ queue: { queueId: vip } })
  expect(await says('Amy', 'vip', whatsapp)).toMatchObject({ queue: { queueId: usual } })
})

test('where it leads is changed for those who come from then on, by administrators only', async () => {
  const code = await make('door', {})
  const change = (leadsTo: object, who = admin) =>
    call('PUT', `${path}/${code.id}`, who.credentials, { name: 'Door', leadsTo })
  expect((await change({ queueId: vip }, lead)).code).toBe('forbidden')
  for (const [leadsTo, at] of [
    [{ queueId: uuidv7() }, 'queueId'],
    [{ teamId: uuidv7() }, 'teamId'],
    [{ agentNumber: '9999' }, 'agentNumber'],
  ] as const) {
    const refused = await change(leadsTo)
    expect(refused.body).toMatchObject({ code: 'invalid-input', issues: [{ path: `body.leadsTo.${at}` }] })
  }
  expect((await change({ queueId: vip })).body.code).toMatchObject({ name: 'Door', url: code.url })
  const { items } = await must('GET', '/api/v1/audit', admin.credentials)
  expect(items.find(({ action }: { action: string }) => action === 'entrance-code.changed')).toMatchObject({
    details: { parameter: 'door', queueId: vip },
  })
  await simulator.phone('sun').act(`follow:${code.url}`)
  await settled()
  expect(await says('sun', 'hello')).toMatchObject({ queue: { queueId: vip } })
})

test('a queue that was deleted leads nobody into nothing, nor does a number that nobody has any more', async () => {
  const gone = await addQueue(db)
  const code = await make('old', { queueId: gone, agentNumber: '1024' })
  await db.updateTable('queues').set({ deleted_at: new Date() }).where('id', '=', gone).execute()
  await db.updateTable('agents').set({ number: null }).where('id', '=', agent.id).execute()
  await simulator.phone('feng').act(`follow:${code.url}`)
  await settled()
  expect(await says('li', 'hello')).toMatchObject({ queue: { queueId: usual }, preferred: null })
  // Taken off the list: as if they had come by none.
  const other = await make('flyer', { queueId: vip })
  await simulator.phone('zhou').act(`follow:${other.url}`)
  await settled()
  await must('DELETE', `${path}/${other.id}`, admin.credentials)
  expect(await says('zhou', 'hello')).toMatchObject({ queue: { queueId: usual } })
})

test('a code goes on to the queue that took the place of a deleted one, and else to where the inbox sends people', async () => {
  const [first, next] = [await addQueue(db), await addQueue(db)]
  const code = await make('moving', { queueId: first })
  const remove = (id: string, moveTo?: string) =>
    must('DELETE', `/api/v1/queues/${id}${moveTo ? `?moveTo=${moveTo}` : ''}`, admin.credentials)
  const shown = async () =>
    (await must('GET', path, admin.credentials)).codes.find(({ id }: Code) => id === code.id).leadsTo.queueId
  await remove(first, next)
  expect(await shown()).toBe(next)
  await simulator.phone('feng').act(`follow:${code.url}`)
  await settled()
  expect(await says('feng', 'hello')).toMatchObject({ queue: { queueId: next } })
  await must('POST', `/api/v1/conversations/${(await conversationOf('feng')).id}/close`, admin.credentials, {
    clientKey: uuidv7(),
  })
  await remove(next)
  expect(await shown()).toBeNull()
  await simulator.phone('cao').act(`follow:${code.url}`)
  await settled()
  expect(await says('cao', 'hello')).toMatchObject({ queue: { queueId: usual } })
})
