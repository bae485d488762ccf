import { SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { startMergingCompany } from '../../testing/merging-company.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startMergingCompany()
const { must, call, admin, agent, lead, inboxes, inbox, other, callback, write, contactAt, db } = company
const { secret } = await must('POST', `/api/v1/inboxes/${inboxes.first.id}/secrets`, admin.credentials, {})
const [{ settings, version }] = (await must('GET', '/api/v1/inboxes', admin.credentials)).inboxes.filter(
  ({ id }: { id: string }) => id === inboxes.first.id,
)
await must('PATCH', `/api/v1/inboxes/${inboxes.first.id}`, admin.credentials, {
  settings: { ...settings, continueIn: [inbox.id] },
  version,
})

const signIn = async (sub: string, claims: Record<string, string>, anonymousToken?: string) => {
  const identity = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  const path = `/api/client/v1/inboxes/${inboxes.first.key}/sessions`
  const { token, visitor } = await must('POST', path, {}, { identity, anonymousToken })
  return { credentials: { authorization: `Bearer ${token}` }, contactId: String(visitor.contactId) }
}
const mergesOf = async (id: string) =>
  (await must('GET', `/api/v1/contacts/${id}/merges`, admin.credentials)).items.map(
    ({ cause, undoneAt }: { cause: string; undoneAt: string | null }) => (undoneAt ? `${cause}, undone` : cause),
  )
const linkOf = (conversationId: string, by = agent.credentials) =>
  must('POST', `/api/v1/conversations/${conversationId}/bind-link`, by)
const conversationAt = async (address: string): Promise<string> => (await company.conversationOf(address)) ?? ''
let numbers = 13_800_000_000
const newNumber = (): string => `86${(numbers += 1)}`

test('the number that a channel writes to is the number that the shop’s own token says', async () => {
  const number = newNumber()
  await write(callback, number, 'is it here?')
  const guest = await company.visitor()
  const { contactId } = await signIn(
    'p-1',
    { name: 'Li Na', phone: `+${number.slice(0, 2)} ${number.slice(2)}` },
    guest.token,
  )
  expect(await contactAt(inbox.id, number)).toBe(contactId)
  expect(await mergesOf(contactId)).toEqual(['phone'])
  // And the other way round: known first, written later.
  const second = newNumber()
  const known = await signIn('p-2', { phone: `+${second}` })
  await write(callback, second, 'hello')
  expect(await contactAt(inbox.id, second)).toBe(known.contactId)
})

test('what somebody types, and a number without its country, merges nobody', async () => {
  const number = newNumber()
  await write(callback, number, 'hello')
  const own = await contactAt(inbox.id, number)
  const typed = await company.visitor()
  await must('PATCH', '/api/client/v1/me', typed.credentials, { phone: `+${number}` })
  const local = await signIn('p-3', { phone: number.slice(2) })
  expect(await contactAt(inbox.id, number)).toBe(own)
  expect(new Set([own, typed.contactId, local.contactId]).size).toBe(3)
  // It is suggested instead, with its reason.
  await must('PATCH', `/api/v1/contacts/${own}`, admin.credentials, { phone: `+${number}` })
  const { suggestions } = await must('GET', `/api/v1/contacts/${own}/merge-suggestions`, agent.credentials)
  const found = suggestions.map((one: { contact: { id: string }; reasons: object[] }) => [one.contact.id, one.reasons])
  expect(found).toContainEqual([typed.contactId, [{ kind: 'phone', value: `+${number}` }]])
  expect(found).toContainEqual([local.contactId, [{ kind: 'phone', value: number.slice(2) }]])
})

test('a provider’s name of the person joins two of its inboxes; two people of the company’s own system stay two', async () => {
  const union = { from: { aliases: [{ kind: 'union', value: 'u-1' }] } }
  const aliases = (address: string) => ({ from: { ...union.from, address } })
  const [one, two] = [newNumber(), newNumber()]
  await write(callback, one, 'hello', aliases(one))
  await write(other.callback, two, 'hello again', aliases(two))
  expect(await contactAt(other.id, two)).toBe(await contactAt(inbox.id, one))

  const shared = newNumber()
  const [first, second] = [await signIn('p-4', { phone: `+${shared}` }), await signIn('p-5', { phone: `+${shared}` })]
  expect(first.contactId).not.toBe(second.contactId)
  expect(await mergesOf(first.contactId)).toEqual([])
})

test('two inboxes hear of the same number in the same moment', async () => {
  for (let turn = 0; turn < 4; turn += 1) {
    const number = newNumber()
    await Promise.all([write(callback, number, 'here'), write(other.callback, number, 'and here')])
    expect(await contactAt(other.id, number)).toBe(await contactAt(inbox.id, number))
  }
})

test('a link made in one chat and opened in another makes them one; it works once', async () => {
  const number = newNumber()
  await write(callback, number, 'I am in your shop as well')
  const { token, links } = await linkOf(await conversationAt(number))
  const page = links.find(({ inboxId }: { inboxId: string }) => inboxId === inboxes.first.id)
  expect(new URL(page.url).searchParams.get('bind')).toBe(token)
  const [guest, thief] = [await company.visitor(), await company.visitor()]
  const use = (who: typeof guest, used = token) => call('POST', '/api/client/v1/bind', who.credentials, { token: used })
  expect((await use(guest)).body).toMatchObject({
    bound: true,
    visitor: { contactId: await contactAt(inbox.id, number) },
  })
  expect((await use(guest)).body).toMatchObject({ bound: true })
  expect((await use(thief)).code).toBe('bind-link-invalid')
  const forged = `${token.slice(0, 30)}${token[30] === 'A' ? 'B' : 'A'}${token.slice(31)}`
  for (const wrong of [forged, 'x', `${token}A`]) expect((await use(thief, wrong)).code).toBe('bind-link-invalid')
  // Whoever opened the link reads no more than before.
  const { conversations } = await must('GET', '/api/client/v1/me', guest.credentials)
  expect(conversations.map(({ id }: { id: string }) => id)).toEqual([guest.conversationId])
})

test.each([
  ['the parameter of a link', { referral: { source: 'link' } }, 'hello'],
  ['a message that holds it', {}, 'TOKEN'],
])('a visitor’s link comes to a channel as %s', async (_what, fields, words) => {
  const guest = await company.visitor()
  const { token, links } = await must('POST', '/api/client/v1/bind-links', guest.credentials)
  expect(links).toEqual([
    {
      inboxId: inbox.id,
      name: 'Parrots',
      channel: { zh: 'Parrot', en: 'Parrot' },
      url: `https://parrot.example/start?p=${token}`,
      as: 'link',
      code: { size: expect.any(Number), path: expect.stringMatching(/^(?:M\d+ \d+h\d+v1h-\d+z)+$/) },
    },
  ])
  const number = newNumber()
  const referral = 'referral' in fields ? { referral: { ...fields.referral, parameter: token } } : {}
  await write(callback, number, words.replace('TOKEN', token), referral)
  expect(await contactAt(inbox.id, number)).toBe(
    (await must('GET', '/api/client/v1/me', guest.credentials)).visitor.contactId,
  )
})

test('a code that was scanned binds too, and a link that is too old says nothing', async () => {
  const [guest, late] = [await company.visitor(), await company.visitor()]
  const made = await must('POST', '/api/client/v1/bind-links', guest.credentials)
  const number = newNumber()
  await write(callback, number, 'hello')
  const acted = { act: 'click', words: 'scanned', parameter: made.token }
  await write(callback, number, '', acted, { kind: 'acted' })
  const bound = await contactAt(inbox.id, number)
  expect((await must('GET', '/api/client/v1/me', guest.credentials)).visitor.contactId).toBe(bound)

  const { createBindLinks } = await import('#merging')
  const old = createBindLinks('a secret of nobody '.repeat(3)).issue(uuidv7(), new Date())
  await write(callback, number, old.token)
  expect(await contactAt(inbox.id, number)).toBe(bound)
  expect((await call('POST', '/api/client/v1/bind', late.credentials, { token: old.token })).code).toBe(
    'bind-link-invalid',
  )
})

test('who comes over from the page goes on in the same conversation, and is answered there', async () => {
  const guest = await company.visitor()
  const { token } = await must('POST', '/api/client/v1/bind-links', guest.credentials)
  const number = newNumber()
  await write(callback, number, '', { act: 'click', words: 'scanned', parameter: token }, { kind: 'acted' })
  await write(callback, number, 'now from my phone')
  const { entries } = await must('GET', `/api/v1/conversations/${guest.conversationId}/entries`, agent.credentials)
  expect(entries.at(-1)).toMatchObject({ body: { content: { text: 'now from my phone' }, via: { inboxId: inbox.id } } })
  expect(await company.conversationOf(number)).toBeNull()
  const { outlets } = await must('GET', `/api/v1/conversations/${guest.conversationId}/outlets`, agent.credentials)
  expect(outlets.find(({ latest }: { latest: boolean }) => latest)).toMatchObject({ inboxId: inbox.id, open: true })
  // In the middle of something there, they stay in it.
  const busy = newNumber()
  await write(callback, busy, 'about something else')
  const visitor = await company.visitor()
  const made = await must('POST', '/api/client/v1/bind-links', visitor.credentials)
  await write(callback, busy, '', { act: 'click', words: 'scanned', parameter: made.token }, { kind: 'acted' })
  await write(callback, busy, 'still about that')
  expect(JSON.stringify(await company.entriesOf(await conversationAt(busy)))).toContain('still about that')
})

test('people have the last word: what a lead took apart is not merged again by proof', async () => {
  const number = newNumber()
  await write(callback, number, 'hello')
  const before = await contactAt(inbox.id, number)
  const { contactId } = await signIn('p-6', { phone: `+${number}` })
  expect(await contactAt(inbox.id, number)).toBe(contactId)
  const { items } = await must('GET', `/api/v1/contacts/${contactId}/merges`, lead.credentials)
  await must('POST', `/api/v1/contact-merges/${items[0].id}/undo`, lead.credentials)
  await write(callback, number, 'again')
  await write(other.callback, number, 'and elsewhere')
  await signIn('p-6', { phone: `+${number}` })
  expect(await contactAt(inbox.id, number)).toBe(before)
  expect(await mergesOf(contactId)).toEqual(['phone, undone'])
  const { suggestions } = await must('GET', `/api/v1/contacts/${contactId}/merge-suggestions`, admin.credentials)
  expect(JSON.stringify(suggestions)).not.toContain(before)
  // By hand it is possible still.
  const body = { clientKey: uuidv7(), otherId: before }
  await must('POST', `/api/v1/contacts/${contactId}/merges`, admin.credentials, body)
  expect(await contactAt(inbox.id, number)).toBe(contactId)
})

test('somebody whom we blocked cannot come in by a link', async () => {
  const number = newNumber()
  await write(callback, number, 'hello')
  const blocked = await contactAt(inbox.id, number)
  const { token } = await linkOf(await conversationAt(number))
  await must('POST', `/api/v1/contacts/${blocked}/block`, admin.credentials, { blocked: true })
  const guest = await company.visitor()
  const used = await call('POST', '/api/client/v1/bind', guest.credentials, { token })
  expect(used.body).toMatchObject({ bound: false, visitor: { contactId: guest.contactId } })
  const rows = await db.selectFrom('contact_merges').select('id').where('into_id', '=', guest.contactId).execute()
  expect(rows).toEqual([])
})
