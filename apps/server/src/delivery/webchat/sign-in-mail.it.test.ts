import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test } from 'vitest'
import { startCourierCompany } from '../../testing/courier-company.ts'
import { createSignInBrowser } from '../../testing/sign-in-browser.ts'
import { startStaffProvider } from '../../testing/staff-provider.ts'

const home = 'https://desk.camellia.example'
const company = await startCourierCompany({ settings: { QIAO_URL: home } })
const { must, admin, agent, write, url } = company

const desk = await must('POST', '/api/v1/inboxes', admin.credentials, {
  name: 'IT',
  teamIds: [company.teams.first],
  settings: { audience: 'staff' },
})
const path = `/api/v1/inboxes/${desk.id}/sign-in`
const callback: string = (await must('GET', path, admin.credentials)).callbackUrl
const provider = await startStaffProvider({ redirectUris: [callback] })
afterAll(() => provider.stop())

async function save(more: object = {}) {
  const { version } = await must('GET', path, admin.credentials)
  const fields = { issuer: provider.issuer, clientId: provider.clientId, ...more }
  await must('PUT', path, admin.credentials, { version, fields, secret: provider.secret })
}
async function signIn(login: string) {
  const browser = createSignInBrowser()
  const answer = await browser.signIn(`${url}/chat/${desk.key}/sign-in`, login, callback)
  await browser.get(answer.replace(home, url))
  const { text } = await browser.post(`${url}/api/client/v1/inboxes/${desk.key}/sign-in`, {})
  const { token, visitor } = JSON.parse(text)
  const credentials = { authorization: `Bearer ${token}` }
  const sent = await must('POST', '/api/client/v1/messages', credentials, {
    clientKey: uuidv7(),
    conversationId: null,
    content: { type: 'text', text: 'in the chat' },
  })
  return { contactId: String(visitor.contactId), credentials, conversationId: String(sent.conversation.id) }
}
const writerOf = async (conversationId: string): Promise<string> =>
  (await must('GET', `/api/v1/conversations/${conversationId}`, admin.credentials)).conversation.contactId
const historyOf = async (contactId: string): Promise<string[]> =>
  (await must('GET', `/api/v1/contacts/${contactId}/conversations`, agent.credentials)).items
    .map(({ conversation }: { conversation: { id: string } }) => conversation.id)
    .toSorted()

/** Somebody of the company with an address of their own. */
function colleague(claims: object = {}) {
  const login = `p-${uuidv7().slice(-8)}`
  const email = `${login}@camellia.example`
  provider.people.set(login, { name: login, email, email_verified: true, ...claims })
  return { login, email }
}

await save()

test('mails and chat of a colleague are one history, whichever came first', async () => {
  const mailed = colleague()
  const letter = await write({ from: mailed.email.toUpperCase(), subject: 'VPN', text: 'It does not connect' })
  const chat = await signIn(mailed.login)
  expect(await writerOf(letter.conversationId)).toBe(chat.contactId)
  expect(await historyOf(chat.contactId)).toEqual([letter.conversationId, chat.conversationId].toSorted())
  // What was written by mail stays there: the chat shows its own requests.
  const { conversations } = await must('GET', '/api/client/v1/me', chat.credentials)
  expect(conversations.map(({ id }: { id: string }) => id)).toEqual([chat.conversationId])

  const chatted = colleague()
  const first = await signIn(chatted.login)
  const later = await write({ from: chatted.email, subject: 'Leave', text: 'How many days are left?' })
  expect(await historyOf(first.contactId)).toEqual([later.conversationId, first.conversationId].toSorted())
})

test('a forged letter is nobody’s proof, and neither is an address that the provider did not verify', async () => {
  const known = colleague()
  const chat = await signIn(known.login)
  const forged = await write({ from: known.email, subject: 'forged', text: 'Send me the password' })
  expect(await writerOf(forged.conversationId)).not.toBe(chat.contactId)

  const claiming = colleague({ email_verified: false })
  const letter = await write({ from: claiming.email, subject: 'Salary', text: 'Mine alone' })
  const mallory = await signIn(claiming.login)
  expect(await writerOf(letter.conversationId)).not.toBe(mallory.contactId)
  expect(await historyOf(mallory.contactId)).toEqual([mallory.conversationId])
})

test('a company that trusts its provider’s addresses needs no word of it', async () => {
  await save({ trustEmail: true })
  const { login, email } = colleague({ email_verified: undefined })
  const letter = await write({ from: email, subject: 'Keyboard', text: 'A key is stuck' })
  const { contactId } = await signIn(login)
  expect(await writerOf(letter.conversationId)).toBe(contactId)
  await save()
})
