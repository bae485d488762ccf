import { SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { startCompany } from '../../testing/company.ts'
import { connect } from '../../testing/socket-peer.ts'

const company = await startCompany()
const { must, call, admin, inboxes } = company
let secret = ''
beforeAll(async () => {
  secret = (await must('POST', `/api/v1/inboxes/${inboxes.first.id}/secrets`, admin.credentials, {})).secret
})

const tokenFor = (sub: string, claims: Record<string, string | number> = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
const open = (body: object) => must('POST', `/api/client/v1/inboxes/${inboxes.first.key}/sessions`, {}, body)
const as = (token: string) => ({ authorization: `Bearer ${token}` })

const field = { required: false, options: [] }
const fields = [
  { ...field, name: 'name', label: 'Name', type: 'text' },
  { ...field, name: 'phone', label: 'Phone', type: 'phone' },
]

test('the first sign-in of an unknown customer keeps the chat and the contact', async () => {
  const visitor = await company.visitor()
  const signedIn = await open({ identity: await tokenFor('u-1', { name: 'Li Na' }), anonymousToken: visitor.token })
  expect(signedIn.visitor).toMatchObject({ contactId: visitor.contactId, name: 'Li Na', identified: true })
  const me = await must('GET', '/api/client/v1/me', as(signedIn.token))
  expect(me.conversations.map((conversation: { id: string }) => conversation.id)).toEqual([visitor.conversationId])
})

test('a known customer who was anonymous here gets both histories, and the old token ends', async () => {
  const known = await open({ identity: await tokenFor('u-2', { name: 'Wang' }) })
  await must('POST', '/api/client/v1/messages', as(known.token), {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'from my phone' },
  })
  const anonymous = await company.visitor()
  const peer = await connect(company.url, '/ws/visitor')
  peer.send({ type: 'hello', token: anonymous.token })
  await peer.next((frame) => frame.type === 'ready')

  const signedIn = await open({ identity: await tokenFor('u-2'), anonymousToken: anonymous.token })
  expect(signedIn.visitor).toMatchObject({ contactId: known.visitor.contactId, name: 'Wang' })
  const me = await must('GET', '/api/client/v1/me', as(signedIn.token))
  expect(me.conversations).toHaveLength(2)
  expect(await peer.next((frame) => frame.type === 'ended')).toMatchObject({ reason: 'identified' })
  expect((await call('GET', '/api/client/v1/me', as(anonymous.token))).code).toBe('visitor-token-invalid')

  const timeline = await must('GET', `/api/v1/conversations/${anonymous.conversationId}/entries`, admin.credentials)
  expect(timeline.entries.at(-1)).toMatchObject({ kind: 'contact.identified', publicSeq: null })
  const again = await must('POST', '/api/client/v1/messages', as(signedIn.token), {
    clientKey: uuidv7(),
    conversationId: anonymous.conversationId,
    content: { type: 'text', text: 'still me' },
  })
  expect(again.conversation.id).toBe(anonymous.conversationId)
})

test("another customer's token does not take an identified chat along", async () => {
  const first = await open({ identity: await tokenFor('u-3') })
  await must('POST', '/api/client/v1/messages', as(first.token), {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'private' },
  })
  const second = await open({ identity: await tokenFor('u-4'), anonymousToken: first.token })
  expect(second.visitor.contactId).not.toBe(first.visitor.contactId)
  expect((await must('GET', '/api/client/v1/me', as(second.token))).conversations).toEqual([])
})

test('a page cannot overwrite what a signed token said, and logging out ends the token everywhere', async () => {
  const { token } = await open({ identity: await tokenFor('u-5', { name: 'Signed', email: 'signed@example.com' }) })
  const changed = await must('PATCH', '/api/client/v1/me', as(token), { name: 'Claimed', email: 'claimed@example.com' })
  expect(changed).toMatchObject({ name: 'Signed', email: 'signed@example.com' })
  await must('DELETE', '/api/client/v1/me', as(token))
  expect((await call('GET', '/api/client/v1/me', as(token))).code).toBe('visitor-token-invalid')
})

test('a form that was on its way when the customer signed in fills what is empty and replaces nothing', async () => {
  const { inboxes: all } = await must('GET', '/api/v1/inboxes', admin.credentials)
  const { id, version, settings } = all.find((inbox: { id: string }) => inbox.id === inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${id}`, admin.credentials, {
    version,
    settings: { ...settings, preChat: { ...settings.preChat, enabled: true, fields } },
  })
  const { token } = await open({})
  const known = await open({ identity: await tokenFor('u-6', { name: 'Signed' }) })
  const signedIn = await open({ identity: await tokenFor('u-6'), anonymousToken: token })
  expect(signedIn.visitor.contactId).toBe(known.visitor.contactId)
  await must('POST', '/api/client/v1/messages', as(signedIn.token), {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'hello' },
    preChat: { values: { name: 'Claimed', phone: '13800001234' } },
  })
  const me = await must('GET', '/api/client/v1/me', as(signedIn.token))
  expect(me.visitor).toMatchObject({ name: 'Signed', phone: '13800001234' })
})

test('an inbox that wants identities takes nobody without one', async () => {
  const { inboxes: all } = await must('GET', '/api/v1/inboxes', admin.credentials)
  const inbox = all.find((candidate: { id: string }) => candidate.id === inboxes.second.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: { ...inbox.settings, identity: { required: true } },
  })
  expect((await call('POST', `/api/client/v1/inboxes/${inbox.key}/sessions`, {}, {})).code).toBe('identity-required')
})

test('the agent whom a signed token names comes before the one whom the page names', async () => {
  const { token } = await open({ identity: await tokenFor('u-agent', { agent: 1001 }) })
  const sent = await must('POST', '/api/client/v1/messages', as(token), {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'hello' },
    wantsAgent: '2002',
  })
  const { entries } = await must('GET', `/api/v1/conversations/${sent.conversation.id}/entries`, admin.credentials)
  expect(entries[0].body).toMatchObject({ wantsAgent: '1001' })
})
