import {
  applyVisitorEntry,
  type ConversationOutlet,
  type Entry,
  isMessage,
  type MessageEntry,
  type PublicAgent,
  type VisitorConversation,
} from '@qiao/protocol'
import { SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { addJobs } from '#platform/jobs/jobs'
import { addQueue } from '../../testing/add-queue.ts'
import { startLeavingCompany } from '../../testing/leaving-company.ts'
import { connect } from '../../testing/socket-peer.ts'
import { acknowledgeLeftJob } from './acknowledge-left.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startLeavingCompany()
const { must, call, admin, agent, db, web, inbox, texts, provider, office, left, leave, set, seenBy } = company
const { outletsOf, entriesOf, reply, write, posted, text, identityAt, session } = company

const patience = { timeout: 20_000 }
let people = 0
const someone = (): string => `someone-${(people += 1)}@example.com`
const number = (): string => `+861380000${1000 + (people += 1)}`
const messagesIn = async (id: string): Promise<MessageEntry[]> => (await entriesOf(id)).filter(isMessage)
const lastIn = async (id: string): Promise<MessageEntry | undefined> => (await messagesIn(id)).at(-1)
const letterTo = (address: string) => posted(({ to }) => to.includes(address))
const textsTo = (to: string): string[] => provider.sent.flatMap((sent) => (sent.to === to ? (sent.text ?? '') : []))
const wayOf = async (id: string): Promise<ConversationOutlet> => (await outletsOf(id))[0]
const letter = (to: string, words: string) => ({
  type: 'mail',
  subject: 'Your order',
  from: null,
  to: [{ name: '', address: to }],
  text: words,
})
const sayIn = (id: string, words: string, viaIdentityId: string) =>
  reply(id, { type: 'text', text: words }, { viaIdentityId })
const tokenFor = (sub: string) =>
  new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(company.secret))

test('by mail: wished, begun, answered and answered again in one conversation, and not in the chat', async () => {
  const address = someone()
  const guest = await left({ topic: 'refund', answerBy: { way: 'mail', address: address.toUpperCase() } })
  const peer = await connect(company.url, '/ws/visitor')
  peer.send({ type: 'hello', token: guest.token })
  await peer.next(({ type }) => type === 'ready')
  const outlets: ConversationOutlet[] = await outletsOf(guest.id)
  expect(outlets).toMatchObject([
    { inboxId: inbox.id, address, own: false, wished: true, open: true, why: null },
    { inboxId: web.id, own: true, open: true },
  ])
  expect(outlets[1]).not.toHaveProperty('wished')
  const viaIdentityId = outlets[0]?.identityId ?? ''
  const owner = (await identityAt(inbox.id, address))?.contact_id
  expect(owner).not.toBe(guest.contactId)

  const [asked] = await messagesIn(guest.id)
  const path = `/api/v1/conversations/${guest.id}/mail-start`
  const start = await must('GET', path, agent.credentials)
  expect(start).toMatchObject({ to: [{ address }], cc: [], subject: 'Refund', quotedHtml: null })
  const quoting = await must('GET', `${path}?entryId=${asked?.id}&viaIdentityId=${viaIdentityId}`, agent.credentials)
  expect(quoting).toMatchObject({ to: [{ address }], subject: 'Refund' })
  expect(quoting.quotedHtml).toContain('Where is my order?')

  const sent = await reply(guest.id, letter(address, 'secret: it left today'), { viaIdentityId })
  expect(sent.body.entries?.at(-1)).toMatchObject({ body: { apart: true, via: { inboxId: inbox.id } } })
  const arrived = await posted(({ text: words }) => words.includes('it left today'))
  expect(arrived).toMatchObject({ to: [address], automatic: false })
  const back = await write({
    from: address,
    to: arrived.replyTo,
    inReplyTo: arrived.messageId,
    subject: 'Re: Your order',
    text: 'secret: thank you',
    attachments: [{ filename: 'secret.txt', content: 'secret' }],
  })
  expect(back).toMatchObject({
    conversationId: guest.id,
    author: { type: 'contact', id: owner },
    body: { apart: true, via: { inboxId: inbox.id, identityId: viaIdentityId } },
  })
  expect((await outletsOf(guest.id))[0]).toMatchObject({ wished: true, latest: true })
  await reply(guest.id, { type: 'text', text: 'and here in the chat' })

  await peer.next((frame) => JSON.stringify(frame).includes('and here in the chat'))
  peer.close()
  const shown = `${JSON.stringify(peer.frames)}\n${await seenBy(guest, guest.id)}`
  expect(shown).toContain('and here in the chat')
  expect(shown).toContain('answered the way you asked for')
  for (const hidden of ['secret', 'Your order', String(owner), viaIdentityId]) expect(shown).not.toContain(hidden)
  const content = back.body.content
  const ids = content.type === 'mail' ? content.attachments.map(({ id }) => id) : []
  const linksFor = async (side: string, credentials: Record<string, string>) =>
    (await must('POST', `/api/${side}/attachments/links`, credentials, { ids })).attachments.length
  expect([ids.length, await linksFor('v1', agent.credentials)]).toEqual([1, 1])
  expect(await linksFor('client/v1', guest.credentials)).toBe(0)
  // The visitor hears that something was said, and their numbering has no gap.
  const page = await must('GET', `/api/client/v1/conversations/${guest.id}/entries`, guest.credentials)
  const { entries, conversation } = page
  expect(entries.map((entry: Entry) => entry.seq)).toEqual(entries.map((_: Entry, index: number) => index + 1))
  // A page that heard every entry knows what one knows that asks anew.
  const agents = new Map<string, PublicAgent>(page.agents.map((face: PublicAgent) => [face.id, face] as const))
  const heard = entries.reduce(
    (before: VisitorConversation, entry: Entry) => applyVisitorEntry(before, entry, agents),
    guest.answer.body.conversation,
  )
  expect(heard).toEqual({ ...conversation, marks: heard.marks })
})

test('a letter from the editor, which can be taken back, goes there as well, and on after the wish', async () => {
  const address = someone()
  const guest = await left({ answerBy: { way: 'mail', address } })
  const { identityId } = await wayOf(guest.id)
  const later = (words: string, replyToId?: string) =>
    must('POST', `/api/v1/conversations/${guest.id}/scheduled-replies`, agent.credentials, {
      clientKey: uuidv7(),
      content: letter(address, words),
      ...(replyToId ? { replyToId } : {}),
      sendAt: new Date(Date.now() + 300).toISOString(),
    })
  await later('from the editor')
  const arrived = await posted(({ text: words }) => words.includes('from the editor'))
  expect(arrived.to).toEqual([address])
  const back = await write({ from: address, inReplyTo: arrived.messageId, subject: 'Re: x', text: 'one more question' })
  expect(back.conversationId).toBe(guest.id)
  // Back in the chat, somebody else's letter is still answered where it came from.
  const queued = { clientKey: uuidv7(), queueId: await addQueue(db) }
  await must('POST', `/api/v1/conversations/${guest.id}/queue`, agent.credentials, queued)
  expect((await leave(guest, { conversationId: guest.id })).status).toBe(200)
  await later('and one more answer', back.id)
  expect((await posted(({ text: words }) => words.includes('one more answer'))).to).toEqual([address])
  const { entries } = await must('GET', `/api/v1/conversations/${guest.id}/entries`, agent.credentials)
  expect(entries.filter((entry: Entry) => entry.kind === 'message.sent' && entry.body.via)).toMatchObject([
    {},
    { body: { via: { identityId }, apart: true } },
    { body: { via: { identityId }, apart: true } },
  ])
})

test('a letter that went there last shows as nothing in the list of chats', async () => {
  const address = someone()
  const guest = await left({ answerBy: { way: 'mail', address } })
  await reply(guest.id, letter(address, 'secret words'), { viaIdentityId: (await wayOf(guest.id)).identityId })
  const me = await must('GET', '/api/client/v1/me', guest.credentials)
  expect(me.conversations[0]).toMatchObject({
    lastMessage: { from: 'system', preview: '-', apart: true },
    unreadCount: 1,
  })
  const { conversation } = await must('GET', `/api/v1/conversations/${guest.id}`, agent.credentials)
  expect(conversation.lastMessage).toMatchObject({ preview: expect.stringContaining('secret words') })
})

test('told by mail that it has arrived: automatically, once, without a word of who left it', async () => {
  const address = someone()
  const guest = await left({ text: 'Buy cheap pills', answerBy: { way: 'mail', address } }, { language: 'fr' })
  const told = await letterTo(address)
  const { conversation } = await must('GET', `/api/v1/conversations/${guest.id}`, agent.credentials)
  expect(told).toMatchObject({ to: [address], automatic: true })
  expect(told.text).toContain(`Son numéro est le ${conversation.number}.`)
  expect(JSON.stringify(told)).not.toContain('pills')
  const [entry] = await messagesIn(guest.id)
  const { identityId } = await wayOf(guest.id)
  const again = { conversationId: guest.id, entryId: entry?.id ?? '', identityId, text: told.text }
  // A worker that died after it had told, and somebody else who names the same address.
  await addJobs(db, [acknowledgeLeftJob(again)])
  const other = await left({ answerBy: { way: 'mail', address } })
  const waits = async () =>
    (await company.pool.query(`select from graphile_worker.jobs where task_identifier = 'acknowledge-left'`)).rowCount
  await expect.poll(waits, patience).toBe(0)
  await reply(other.id, letter(address, 'the last one'), { viaIdentityId: identityId })
  await posted(({ text: words }) => words.includes('the last one'))
  expect(office.posted.filter(({ to, automatic }) => automatic && to.includes(address))).toHaveLength(1)
  expect((await messagesIn(guest.id)).filter(({ kind }) => kind === 'message.sent')).toHaveLength(2)
})

test('no notice to addresses that nobody reads, nor where the inbox wants none', async () => {
  const quiet = someone()
  await left({ answerBy: { way: 'mail', address: 'no-reply@example.com' } })
  await set({ acknowledge: false })
  await left({ answerBy: { way: 'mail', address: quiet } })
  await set({})
  const loud = someone()
  await left({ answerBy: { way: 'mail', address: loud } })
  await letterTo(loud)
  expect(office.posted.flatMap(({ to }) => to)).not.toContain('no-reply@example.com')
  expect(office.posted.flatMap(({ to }) => to)).not.toContain(quiet)
})

test('the address of another customer gives nobody sight of them, whoever the visitor turns out to be', async () => {
  const victim = someone()
  const own = await write({ from: victim, subject: 'secret matter', text: 'secret: my own order' })
  const attacker = await left({ answerBy: { way: 'mail', address: victim } })
  const way = await wayOf(attacker.id)
  expect(own.author).toEqual({ type: 'contact', id: (await identityAt(inbox.id, victim))?.contact_id })
  await reply(attacker.id, letter(victim, 'secret: for you only'), { viaIdentityId: way.identityId })
  const arrived = await posted(({ text: words }) => words.includes('for you only'))
  await write({ from: victim, inReplyTo: arrived.messageId, subject: 'Re: x', text: 'secret: I asked nothing' })
  expect((await lastIn(attacker.id))?.body.content).toMatchObject({ text: 'secret: I asked nothing' })
  // What they write about anything else is theirs alone.
  const next = await write({ from: victim, subject: 'another secret', text: 'secret: something else' })
  expect(next.conversationId).not.toBe(attacker.id)

  expect(await seenBy(attacker, attacker.id)).not.toContain('secret')
  const known = await session({ identity: await tokenFor(uuidv7()), anonymousToken: attacker.token })
  const seen = await seenBy(known, attacker.id)
  expect(seen).toContain('Where is my order?')
  expect(seen).not.toContain('secret')
  const me = await must('GET', '/api/client/v1/me', known.credentials)
  expect(me.conversations).toHaveLength(1)
  const { identities } = await must('GET', `/api/v1/contacts/${known.contactId}`, admin.credentials)
  expect(identities.map(({ inboxId }: { inboxId: string }) => inboxId)).not.toContain(inbox.id)
  expect(
    (await call('GET', `/api/client/v1/conversations/${own.conversationId}/entries`, known.credentials)).code,
  ).toBe('not-found')
})

test('what was hidden stays so when both are found to be one person, and the way is theirs from then on', async () => {
  const address = someone()
  const guest = await left({ answerBy: { way: 'mail', address } })
  const { identityId } = await wayOf(guest.id)
  await reply(guest.id, letter(address, 'secret words'), { viaIdentityId: identityId })
  const owner = (await identityAt(inbox.id, address))?.contact_id
  await must('POST', `/api/v1/contacts/${guest.contactId}/merges`, agent.credentials, {
    clientKey: uuidv7(),
    otherId: owner,
  })
  const sent = await reply(guest.id, letter(address, 'for both'), { viaIdentityId: identityId })
  expect(sent.body.entries.at(-1).body).not.toHaveProperty('apart')
  const seen = await seenBy(guest, guest.id)
  expect(seen).toContain('for both')
  expect(seen).not.toContain('secret words')
})

test('only where it was wished, and only by who sees the conversation', async () => {
  const [one, two] = [await left({ answerBy: { way: 'mail', address: someone() } }), await left()]
  const { identityId } = await wayOf(one.id)
  expect((await sayIn(two.id, 'hi', identityId)).code).toBe('not-found')
  const path = `/api/v1/conversations/${one.id}/outlets`
  expect((await call('GET', path, company.outsider.credentials)).code).toBe('not-found')
  const withoutLetters = await call('GET', `/api/v1/conversations/${two.id}/mail-start`, agent.credentials)
  expect(withoutLetters.code).toBe('content-not-sendable')
  // Whoever wants the answer in the chat after all has no wish any more; where they were answered, that may go on.
  const queueId = await addQueue(db)
  const queued = { clientKey: uuidv7(), queueId }
  await must('POST', `/api/v1/conversations/${one.id}/queue`, agent.credentials, queued)
  expect((await leave(one, { conversationId: one.id })).status).toBe(200)
  const outlets: ConversationOutlet[] = await outletsOf(one.id)
  expect(outlets.map(({ own, wished = false }) => [own, wished])).toEqual([
    [true, false],
    [false, false],
  ])
  expect((await sayIn(one.id, 'hi', identityId)).status).toBe(200)
})

test('by text: to the number in its one form, told once, and what comes back joins', async () => {
  const to = number()
  const guest = await left({
    answerBy: { way: 'sms', address: to.replace('+86', '').replace(/(\d{3})(\d{4})/, '$1 $2-') },
  })
  const { identityId, address, inboxId } = await wayOf(guest.id)
  expect({ address, inboxId }).toEqual({ address: to, inboxId: texts.id })
  await expect.poll(() => textsTo(to)[0], patience).toContain('Thank you')
  await left({ answerBy: { way: 'sms', address: to } })
  expect((await sayIn(guest.id, 'secret: it is here', identityId)).status).toBe(200)
  await expect.poll(() => textsTo(to), patience).toContain('secret: it is here')
  expect(textsTo(to).filter((words) => words.startsWith('Thank you'))).toHaveLength(1)
  const message = uuidv7()
  await text(to, 'secret: great', { id: message })
  expect(await lastIn(guest.id)).toMatchObject({
    kind: 'message.received',
    author: { id: (await identityAt(texts.id, to))?.contact_id },
    body: { content: { text: 'secret: great' }, apart: true, via: { identityId, inboxId: texts.id } },
  })
  const edited = { messageId: message, content: { type: 'text', text: 'secret: greater', markup: 'none' } }
  await provider.deliver(company.textsCallback, [{ id: uuidv7(), from: to, kind: 'edited', fields: edited }])
  const words = async () => (await entriesOf(guest.id)).find(({ kind }) => kind === 'message.edited')
  await expect.poll(words, patience).toMatchObject({ body: { apart: true } })
  // A colleague answers on the phone itself.
  const echo = { id: uuidv7(), content: { type: 'text', text: 'secret: by hand', markup: 'none' } }
  await provider.deliver(company.textsCallback, [{ id: uuidv7(), from: to, kind: 'echo', fields: echo }])
  await expect
    .poll(async () => (await lastIn(guest.id))?.body, patience)
    .toMatchObject({ elsewhere: true, apart: true })
  expect(await seenBy(guest, guest.id)).not.toContain('secret')
})

test('what is said by itself takes no answers away from a talk that goes on', async () => {
  const to = number()
  await text(to, 'I have a question')
  const guest = await left({ answerBy: { way: 'sms', address: to } })
  await expect.poll(() => textsTo(to)[0], patience).toContain('Thank you')
  await text(to, 'about my own order')
  expect(JSON.stringify(await entriesOf(guest.id))).not.toContain('about my own order')
  await sayIn(guest.id, 'you left a message', (await wayOf(guest.id)).identityId)
  await text(to, 'oh, that one')
  expect((await lastIn(guest.id))?.body.content).toMatchObject({ text: 'oh, that one' })
})

test('who wants nothing from us is not told', async () => {
  const to = number()
  await text(to, 'STOP')
  const guest = await left({ answerBy: { way: 'sms', address: to } })
  expect(await wayOf(guest.id)).toMatchObject({ wished: true, open: false, why: 'opted-out' })
  const other = number()
  await left({ answerBy: { way: 'sms', address: other } })
  await expect.poll(() => textsTo(other)[0], patience).toContain('Thank you')
  expect(textsTo(to)).toEqual([])
})

test('what comes when it is over begins a conversation of who writes', async () => {
  const [address, to] = [someone(), number()]
  const byMail = await left({ answerBy: { way: 'mail', address } })
  const byText = await left({ answerBy: { way: 'sms', address: to } })
  const told = await letterTo(address)
  await expect.poll(() => textsTo(to)[0], patience).toContain('Thank you')
  for (const { id } of [byMail, byText])
    await must('POST', `/api/v1/conversations/${id}/close`, agent.credentials, { clientKey: uuidv7() })
  await db
    .updateTable('conversations')
    .set({ closed_at: new Date(0) })
    .where('id', '=', byMail.id)
    .execute()
  const back = await write({
    from: address,
    to: told.replyTo,
    inReplyTo: told.messageId,
    subject: 'Re: x',
    text: 'late',
  })
  expect(back.conversationId).not.toBe(byMail.id)
  expect(back.body).not.toHaveProperty('apart')
  const { conversation } = await must('GET', `/api/v1/conversations/${back.conversationId}`, admin.credentials)
  expect(conversation).toMatchObject({
    inboxId: inbox.id,
    contactId: (await identityAt(inbox.id, address))?.contact_id,
  })
  await text(to, 'late as well')
  expect(JSON.stringify(await entriesOf(byText.id))).not.toContain('late as well')
})
