import type { Conversation, Entry } from '@qiao/protocol'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { type Credentials, startCompany } from '../../testing/company.ts'
import { inView } from './list-conversations.ts'

const company = await startCompany()
const { db, must, call, agent, lead, outsider, spare, admin } = company
const queueId = await addQueue(db)

const path = (id: string, name = ''): string => `/api/v1/conversations/${id}${name && `/${name}`}`
const command = (id: string, name: string, as: Credentials, body: object = {}) =>
  must('POST', path(id, name), as, { clientKey: uuidv7(), ...body })
const refused = async (id: string, name: string, as: Credentials, body: object = {}) =>
  (await call('POST', path(id, name), as, { clientKey: uuidv7(), ...body })).code
const read = async (id: string): Promise<Conversation> => (await must('GET', path(id), admin.credentials)).conversation
const mine = async (as: Credentials): Promise<string[]> => {
  const { items } = await must('GET', '/api/v1/conversations?view=mine', as)
  return items.map((item: { conversation: Conversation }) => item.conversation.id)
}
const countMine = async (as: Credentials): Promise<number> =>
  (await must('GET', '/api/v1/conversations/counts', as)).mine
const kinds = (answer: { entries: Entry[] }): string[] => answer.entries.map(({ kind }) => kind)

/** Held by the agent of the first team. */
async function held(): Promise<string> {
  const { conversationId } = await company.visitor()
  await command(conversationId, 'assign', agent.credentials, { agentId: agent.id })
  return conversationId
}

describe('a colleague of another team', () => {
  test('who is asked sees it while they are, answers, and finds it among their own', async () => {
    const id = await held()
    expect((await call('GET', path(id), outsider.credentials)).code).toBe('not-found')
    const { entries } = await command(id, 'consults', agent.credentials, { agentId: outsider.id, text: 'may I?' })
    const { consultId } = entries[0].body
    expect(await mine(outsider.credentials)).toContain(id)
    expect(await countMine(outsider.credentials)).toBe(1)
    await command(id, 'consults/say', outsider.credentials, { consultId, text: 'you may' })
    await command(id, 'consults/end', outsider.credentials, { consultId })
    expect((await call('GET', path(id), outsider.credentials)).code).toBe('not-found')
    expect(await mine(outsider.credentials)).not.toContain(id)
    expect(await refused(id, 'consults/say', agent.credentials, { consultId, text: 'thanks' })).toBe('consult-over')
  })
  test('who takes part writes to the customer, leaves the work with its holder, and goes', async () => {
    const id = await held()
    await command(id, 'participants', agent.credentials, { agentId: spare.id })
    expect(await mine(spare.credentials)).toContain(id)
    const reply = await command(id, 'messages', spare.credentials, { content: { type: 'text', text: 'I am here too' } })
    expect(kinds(reply)).toEqual(['message.sent'])
    expect(await read(id)).toMatchObject({ assigneeId: agent.id, participantIds: [spare.id] })
    expect(await refused(id, 'close', spare.credentials)).toBe('forbidden')
    await command(id, 'participants/leave', spare.credentials, { agentId: spare.id })
    expect((await call('GET', path(id), spare.credentials)).code).toBe('not-found')
  })
  test('finds what is put off only where it is theirs, and no longer than that', async () => {
    const id = await held()
    const putOff = async (as: Credentials): Promise<string[]> =>
      (await must('GET', '/api/v1/conversations?view=snoozed', as)).items.map(
        (item: { conversation: Conversation }) => item.conversation.id,
      )
    expect(await putOff(agent.credentials)).not.toContain(id)
    await command(id, 'snooze', agent.credentials, { until: new Date(Date.now() + 3_600_000).toISOString() })
    expect(await putOff(agent.credentials)).toContain(id)
    expect(await putOff(outsider.credentials)).not.toContain(id)
    await command(id, 'wake', agent.credentials)
    expect(await putOff(agent.credentials)).not.toContain(id)
  })
  test('sees nothing more once it is closed', async () => {
    const id = await held()
    await command(id, 'participants', agent.credentials, { agentId: spare.id })
    await command(id, 'consults', agent.credentials, { agentId: outsider.id, text: 'may I?' })
    await command(id, 'close', agent.credentials)
    for (const one of [spare, outsider]) {
      expect((await call('GET', path(id), one.credentials)).code).toBe('not-found')
    }
    expect(await read(id)).toMatchObject({ participantIds: [], consults: [] })
  })
  test('who is not there, or may not sign in, is not asked', async () => {
    const id = await held()
    const gone = uuidv7()
    expect(await refused(id, 'consults', agent.credentials, { agentId: gone, text: 'hello?' })).toBe(
      'assignee-not-eligible',
    )
    await must('PATCH', `/api/v1/agents/${spare.id}`, admin.credentials, { disabled: true })
    expect(await refused(id, 'participants', agent.credentials, { agentId: spare.id })).toBe('assignee-not-eligible')
    await must('PATCH', `/api/v1/agents/${spare.id}`, admin.credentials, { disabled: false })
  })
})

describe('a lead', () => {
  test('whispers and takes over in their own teams, not where they were only asked', async () => {
    const id = await held()
    await command(id, 'whispers', lead.credentials, { text: 'offer the refund' })
    expect(await refused(id, 'whispers', agent.credentials, { text: 'me too' })).toBe('forbidden')
    expect(kinds(await command(id, 'take-over', lead.credentials))).toEqual(['conversation.assigned'])
    expect(await read(id)).toMatchObject({ assigneeId: lead.id })

    const other = await company.visitor(company.inboxes.second.key)
    await command(other.conversationId, 'consults', outsider.credentials, { agentId: lead.id, text: 'may we?' })
    expect(await refused(other.conversationId, 'whispers', lead.credentials, { text: 'hm' })).toBe('forbidden')
    expect(await refused(other.conversationId, 'take-over', lead.credentials)).toBe('forbidden')
  })
})

describe('a transfer to a queue', () => {
  test('waits there with words for the next agent, and is repeated without effect', async () => {
    const id = await held()
    const body = { clientKey: uuidv7(), queueId, note: 'refund over 500', priority: 20 }
    const first = await must('POST', path(id, 'queue'), agent.credentials, body)
    expect(await must('POST', path(id, 'queue'), agent.credentials, body)).toEqual(first)
    expect(await read(id)).toMatchObject({ assigneeId: null, queue: { queueId, channel: 'web' } })
  })
  test('needs a queue that is there', async () => {
    const id = await held()
    expect(await refused(id, 'queue', agent.credentials, { queueId: uuidv7() })).toBe('queue-not-found')
    const deleted = await addQueue(db)
    await db.updateTable('queues').set({ deleted_at: new Date() }).where('id', '=', deleted).execute()
    expect(await refused(id, 'queue', agent.credentials, { queueId: deleted })).toBe('queue-not-found')
  })
})

const principal = {
  type: 'agent',
  agentId: outsider.id,
  role: 'agent',
  teamIds: [],
  inboxIds: [],
  via: 'browser',
} as const

test('own work is found by index however much others have', async () => {
  const { conversationId } = await company.visitor()
  await sql`
    insert into conversations (id, inbox_id, contact_id, identity_id, start_key, state, assignee_id, created_at, last_activity_at)
    select gen_random_uuid(), inbox_id, contact_id, identity_id, gen_random_uuid()::text,
      case when n % 10 = 0 then 'open' else 'closed' end, ${lead.id}::uuid, now(), now()
    from conversations, generate_series(1, 30000) as n where id = ${conversationId}`.execute(db)
  await sql`analyze conversations`.execute(db)
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain select * from conversations as conversation
    where ${inView('mine', principal)}
    order by last_activity_at desc limit 50`.execute(db)
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('conversations_assignee')
  expect(plan).toContain('conversations_involved')
  expect(plan).not.toContain('Seq Scan')
})
