import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#platform/database/test-database'
import type { AgentPrincipal } from '#platform/principal'
import { addIdentity, createContact } from './index.ts'
import { listContacts } from './read-contact.ts'

const { db, pool } = await createTestDatabase()
const admin: AgentPrincipal = {
  type: 'agent',
  agentId: uuidv7(),
  role: 'admin',
  teamIds: [],
  inboxIds: 'all',
  via: 'browser',
}
const inboxId = uuidv7()
const member: AgentPrincipal = { ...admin, agentId: uuidv7(), role: 'agent', inboxIds: [inboxId] }

beforeAll(async () => {
  await pool.query(
    `insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', 'shop', 'Shop', now())`,
    [inboxId],
  )
  const people = [
    { name: '欧阳雪芹', email: 'Xueqin@Example.com' },
    { name: '阳光', phone: '+8613800000001' },
    { name: 'Maria Oberholzer', email: 'maria@example.com' },
    { name: '100%_sure' },
  ]
  for (const [index, person] of people.entries()) {
    const contact = await createContact(db, person, new Date(Date.UTC(2026, 2, 1, 10, index)))
    if (index % 2 > 0) continue
    const address = index === 2 ? 'Ober@Letters.example' : uuidv7()
    await addIdentity(db, { contactId: contact.id, inboxId, address, verified: false }, new Date())
  }
})

const found = async (agent: AgentPrincipal, search: string): Promise<(string | null)[]> =>
  (await listContacts(db, agent, { search, limit: 10 })).items.map(({ name }) => name)

test.each([
  ['three characters anywhere in a name', 'ober', ['Maria Oberholzer']],
  ['three Chinese ones', '阳雪芹', ['欧阳雪芹']],
  ['two at its beginning', '欧阳', ['欧阳雪芹']],
  ['one at its beginning', '阳', ['阳光']],
  ['the whole address, however it is written', 'xueqin@example.COM', ['欧阳雪芹']],
  ['the address at which letters came from them', 'ober@letters.EXAMPLE', ['Maria Oberholzer']],
  ['a part of an address not', 'example', []],
  ['the phone number', '+8613800000001', ['阳光']],
  ['signs that mean something to the database', '%_s', ['100%_sure']],
])('by %s', async (_, search, names) => expect(await found(admin, search)).toEqual(names))

test('only among those whom the agent may see', async () => {
  expect(await found(member, 'ober')).toEqual(['Maria Oberholzer'])
  expect(await found(member, '阳光')).toEqual([])
})

async function pageByPage(agent: AgentPrincipal): Promise<(string | null)[]> {
  const names: (string | null)[] = []
  let cursor: string | undefined
  do {
    const page = await listContacts(db, agent, { limit: 1, cursor })
    names.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return names
}

test('page by page, the newest first, each once', async () => {
  expect(await pageByPage(admin)).toEqual(['100%_sure', 'Maria Oberholzer', '阳光', '欧阳雪芹'])
})

test('who sees few among very many finds them all the same, page by page', async () => {
  await pool.query(
    `insert into contacts (id, name, created_at) select gen_random_uuid(), 'Crowd ' || n, now() from generate_series(1, 600) as n`,
  )
  expect(await pageByPage(member)).toEqual(['Maria Oberholzer', '欧阳雪芹'])
})
