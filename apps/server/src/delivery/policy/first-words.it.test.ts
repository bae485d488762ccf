import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import { parrotWith } from '../../testing/parrot-channel.ts'
import { startParrotCompany, until } from '../../testing/parrot-company.ts'

const company = await startParrotCompany({ channel: parrotWith({ window: null, writesFirst: 'words', paid: true }) })
const { must, call, admin, agent, outsider, inbox, provider } = company
const text = (words: string) => ({ type: 'text', text: words, markup: 'none' })
const start = (body: object, who: Pick<typeof agent, 'credentials'> = agent) =>
  call('POST', '/api/v1/conversations', who.credentials, { clientKey: uuidv7(), inboxId: inbox.id, ...body })
const look = async (body: object, who: Pick<typeof agent, 'credentials'> = agent) =>
  call('POST', `/api/v1/inboxes/${inbox.id}/first-preview`, who.credentials, body)
const wordsTo = (address: string) => provider.sent.filter(({ to }) => to === address).map((sent) => sent.text)

test('a number that was typed gets the words, and the conversation is its writer’s', async () => {
  expect((await look({ address: '+8613900000001', content: text('Your parcel is here') })).body).toEqual({
    address: '+8613900000001',
    sms: null,
    problem: null,
  })
  const clientKey = uuidv7()
  const first = { clientKey, address: ' +8613900000001 ', content: text('Your parcel is here') }
  const made = await start(first)
  expect(made.status).toBe(201)
  const { conversation, contact } = made.body.item
  expect(conversation).toMatchObject({ assigneeId: agent.id, state: 'open', inboxId: inbox.id })
  expect((await must('GET', `/api/v1/contacts/${contact.id}`, agent.credentials)).contact).toMatchObject({
    phone: '+8613900000001',
    name: null,
  })
  await until(() => wordsTo('+8613900000001').length === 1)
  // The same key is the same conversation; another message to the number is to the same person.
  expect((await start(first)).body.item.conversation.id).toBe(conversation.id)
  expect((await start({ address: '+8613900000001', content: text('Once more') })).body.item.contact.id).toBe(contact.id)
  await until(() => wordsTo('+8613900000001').length === 2)
  await company.say('+8613900000001', 'Thank you')
  await until(async () => (await company.messagesOf('+8613900000001')).includes('Thank you'))
})

test('a contact is reached by the number that is known of them', async () => {
  const contact = await must('POST', '/api/v1/contacts', admin.credentials, { name: 'Wang', phone: '+8613900000002' })
  expect((await look({ contactId: contact.id }, admin)).body).toMatchObject({
    address: '+8613900000002',
  })
  const made = await start({ contactId: contact.id, content: text('Hello') }, admin)
  expect(made.body.item.contact).toMatchObject({ id: contact.id })
  await until(() => wordsTo('+8613900000002').length === 1)
  const without = await must('POST', '/api/v1/contacts', admin.credentials, { name: 'Li' })
  expect((await look({ contactId: without.id }, admin)).body).toMatchObject({
    address: null,
    problem: { code: 'address-unknown' },
  })
})

test('who said stop is not written to, what is no number is refused, and others see nothing of the inbox', async () => {
  await company.say('+8613900000003', 'STOP')
  await until(async () => (await look({ address: '+8613900000003' })).body.problem?.code === 'opted-out')
  expect(await start({ address: '+8613900000003', content: text('An offer') })).toMatchObject({
    status: 409,
    code: 'customer-opted-out',
  })
  expect((await look({ address: 'nobody' })).body.problem).toEqual({ code: 'address-unknown' })
  expect((await start({ address: 'nobody', content: text('Hello') })).code).toBe('content-not-sendable')
  expect((await start({ content: text('Hello') })).code).toBe('invalid-input')
  expect((await start({ address: '+8613900000004', content: text('Hello') }, outsider)).code).toBe('not-found')
  expect((await look({ address: '+8613900000004' }, outsider)).code).toBe('not-found')
  expect(wordsTo('+8613900000003')).toEqual([])
  // Web chat writes to nobody first.
  const chat = { inboxId: company.inboxes.first.id, address: '+8613900000005', content: text('Hello') }
  expect((await start(chat)).code).toBe('content-not-sendable')
})
