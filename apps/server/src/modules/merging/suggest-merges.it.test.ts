import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { createAgent } from '#access'
import { addIdentity, createContact, type ContactInput } from '#contacts'
import { createTestDatabase } from '#platform/database/test-database'
import type { AgentPrincipal } from '#platform/principal'
import { keepApartWithin } from './keep-apart.ts'
import { listMergeSuggestions, suggestMerges } from './suggest-merges.ts'

const { db, pool } = await createTestDatabase()
const [ours, theirs] = [uuidv7(), uuidv7()]
const admin: AgentPrincipal = {
  type: 'agent',
  agentId: uuidv7(),
  role: 'admin',
  teamIds: [],
  inboxIds: 'all',
  via: 'browser',
}
const member: AgentPrincipal = { ...admin, role: 'agent', inboxIds: [ours] }

beforeAll(async () => {
  for (const id of [ours, theirs]) {
    await pool.query(
      `insert into inboxes (id, channel, key, name, created_at) values ($1, 'web', $1::uuid::text, 'Shop', now())`,
      [id],
    )
  }
})

let minutes = 0
async function person(input: ContactInput, inboxIds = [ours]) {
  const now = new Date(Date.UTC(2026, 2, 1, 10, (minutes += 1)))
  const contact = await createContact(db, input, now)
  const identities: { id: string }[] = []
  for (const inboxId of inboxIds) {
    const way = { contactId: contact.id, inboxId, address: uuidv7(), verified: false }
    identities.push(await addIdentity(db, way, now))
  }
  return { ...contact, identities }
}
const suggested = async (agent: AgentPrincipal, contact: Awaited<ReturnType<typeof person>>) =>
  (await suggestMerges(db, agent, contact)).map(({ contact: { id }, reasons, mergeable }) => ({
    id,
    kinds: reasons.map(({ kind }) => kind),
    mergeable,
  }))

test.each<[string, ContactInput, ContactInput, string[]]>([
  ['the same address, however it is written', { email: 'Lin@Example.com' }, { email: 'lin@example.com' }, ['email']],
  [
    'the same number, with and without its country',
    { phone: '+86 138-1111-2222' },
    { phone: '13811112222' },
    ['phone'],
  ],
  ['the end of a number alone', { phone: '+86 010 6666 7777' }, { phone: '66667777' }, ['phone']],
  ['a short number', { phone: '10086' }, { phone: '10086' }, []],
  ['two numbers that only end alike', { phone: '+86 139 1212 3434' }, { phone: '+1 415 1212 3434' }, []],
  [
    'a name and an attribute',
    { name: 'Lin Mo', attributes: { order: 'A-77' } },
    { name: 'lin mo', attributes: { order: 'A-77' } },
    ['name'],
  ],
  [
    'a name alone',
    { name: 'Chen Li', attributes: { order: 'A-1' } },
    { name: 'Chen Li', attributes: { order: 'A-2' } },
    [],
  ],
  [
    'a name and a switch',
    { name: 'Wu Di', attributes: { vip: true } },
    { name: 'Wu Di', attributes: { vip: true } },
    [],
  ],
  [
    'several reasons',
    { name: 'Hu', email: 'hu@example.com', attributes: { size: 'XL' } },
    { name: 'Hu', email: 'hu@example.com', attributes: { size: 'XL' } },
    ['email', 'name'],
  ],
])('%s', async (_what, one, other, kinds) => {
  const [first, second] = [await person(one), await person(other)]
  const found = (await suggested(admin, first)).filter(({ id }) => id === second.id)
  expect(found).toEqual(kinds.length > 0 ? [{ id: second.id, kinds, mergeable: true }] : [])
  const back = (await suggested(admin, second)).filter(({ id }) => id === first.id)
  expect(back.map((each) => each.kinds)).toEqual(kinds.length > 0 ? [kinds] : [])
})

test('another name that a channel told of both', async () => {
  const [one, other] = [await person({}), await person({})]
  for (const { identities } of [one, other]) {
    await pool.query(`insert into identity_aliases values ($1, 'phone', '+8613733334444', now())`, [identities[0]?.id])
  }
  expect(await suggested(admin, one)).toEqual([{ id: other.id, kinds: ['alias'], mergeable: true }])
})

test('nobody whom the agent does not see, and nobody to merge of whom a part is hidden', async () => {
  const email = 'hidden@example.com'
  const mine = await person({ email })
  const half = await person({ email }, [ours, theirs])
  const hidden = await person({ email }, [theirs])
  const found = await suggested(member, mine)
  expect(found).toEqual([{ id: half.id, kinds: ['email'], mergeable: false }])
  expect((await suggested(admin, mine)).map(({ id }) => id).toSorted()).toEqual([half.id, hidden.id].toSorted())
})

test('not those whom somebody keeps apart, nor two customers of the company’s own system', async () => {
  const email = 'apart@example.com'
  const [one, other, known] = [
    await person({ email }),
    await person({ email }),
    await person({ email, externalId: 'k-1' }),
  ]
  const input = { name: 'A', email: 'a@example.com', password: 'long enough 1', role: 'agent' } as const
  const { id: agentId } = await createAgent(db, { ...input, teamIds: [] }, new Date())
  await keepApartWithin(db, { contactId: one.id, otherId: other.id, agentId }, new Date())
  expect((await suggested(admin, one)).map(({ id }) => id)).toEqual([known.id])
  const second = await person({ email, externalId: 'k-2' })
  expect((await suggested(admin, second)).map(({ id }) => id)).not.toContain(known.id)
})

test('the list of pairs names each once, page by page, however many others stand between', async () => {
  const first = await person({ email: 'pair@example.com' })
  for (let count = 0; count < 60; count += 1) await person({})
  const second = await person({ email: 'pair@example.com' })
  const pairs: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listMergeSuggestions(db, member, cursor)
    pairs.push(...page.items.map(({ contact, other }) => [contact.id, other.id]))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(pairs.filter((pair) => pair.includes(first.id))).toEqual([[second.id, first.id]])
  expect(new Set(pairs.map((pair) => pair.toSorted().join(' '))).size).toBe(pairs.length)
})
