import * as api from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { createAgent } from '#access'
import { addQueue } from './testing/add-queue.ts'
import { type Credentials, startCompany } from './testing/company.ts'
import { connect } from './testing/socket-peer.ts'

/**
 * An answer that got lost is asked for again with the same client key. Whatever has happened in between, even when the rules
 * would refuse it by now, the repeat gives what the first attempt gave and changes nothing.
 */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { db, must, admin, lead, agent, outsider, spare, teams } = company
const leaver = { name: 'Leaver', email: 'leaver@example.com', password: 'a password for tests', teamIds: [] }
const { id: leaverId } = await createAgent(db, { ...leaver, role: 'agent' }, new Date())
const queues = {
  quiet: await addQueue(db, { alternatives: { afterSeconds: 0, message: true, callback: true } }),
  doomed: await addQueue(db),
  served: await addQueue(db, {
    groups: [{ teamIds: [], agentIds: [spare.id], afterSeconds: 0 }],
    wrapUp: { mode: 'mandatory', seconds: 60, needsDisposition: true },
  }),
}
const { id: dispositionId } = await must('POST', '/api/v1/disposition-codes', admin.credentials, {
  names: { zh: '已退款', en: 'Refunded' },
  queueIds: [],
})
await must('PUT', '/api/v1/routing/me/state', spare.credentials, { state: 'available' })
const sparePeer = await connect(company.url, '/ws/agent', spare.credentials)
afterAll(() => sparePeer.close())

interface World {
  id: string
  contactId: string
  visitor: Credentials
  /** A message of the agent's. */
  sentId: string
}
interface Case {
  before?: (world: World) => Promise<unknown>
  /** The agent's, unless it says otherwise. */
  as?: (world: World) => Credentials
  /** What the path names; the conversation, unless it says otherwise. */
  of?: (world: World) => string | Promise<string>
  body?: (world: World) => object | Promise<object>
  between?: (world: World) => Promise<unknown>
}

const text = (words: string) => ({ type: 'text', text: words })
const soon = new Date(Date.now() + 3_600_000).toISOString()
const act =
  (name: string, body: object = {}, credentials = lead.credentials) =>
  ({ id }: World): Promise<unknown> =>
    must('POST', `/api/v1/conversations/${id}/${name}`, credentials, { clientKey: uuidv7(), ...body })
/** What the customer said first. */
const saidIn = async (id: string): Promise<string> => {
  const { entries } = await must('GET', `/api/v1/conversations/${id}/entries`, lead.credentials)
  return entries.find((entry: api.Entry) => entry.kind === 'message.received').id
}
const close = act('close', { reason: 'resolved' })
const asVisitor = ({ visitor }: World): Credentials => visitor

async function changeInbox(settings: (before: api.InboxSettings) => api.InboxSettings, calendarId?: string) {
  const { inboxes } = await must('GET', '/api/v1/inboxes', admin.credentials)
  const inbox: api.Inbox = inboxes.find(({ id }: api.Inbox) => id === company.inboxes.first.id)
  await must('PATCH', `/api/v1/inboxes/${inbox.id}`, admin.credentials, {
    version: inbox.version,
    settings: settings(inbox.settings),
    ...(calendarId === undefined ? {} : { calendarId }),
  })
}
const reopenWithin = (reopenWithinMinutes: number) => () =>
  changeInbox((before) => ({ ...before, reopenWithinMinutes }))
const closedAllWeek = { name: 'Closed', timeZone: 'UTC', weekly: Array.from({ length: 7 }, () => []), holidays: [] }
const closeDoors = async () =>
  changeInbox((before) => before, (await must('POST', '/api/v1/calendars', admin.credentials, closedAllWeek)).id)
const openDoors = () => changeInbox((before) => ({ ...before, offline: { ...before.offline, mode: 'chat' } }))

const conversationOf = async ({ id }: World): Promise<api.Conversation> =>
  (await must('GET', `/api/v1/conversations/${id}`, lead.credentials)).conversation
const consultOf = async (world: World) => ({ consultId: (await conversationOf(world)).consults[0]?.id })
const consult = act('consults', { agentId: lead.id, text: 'may I?' }, agent.credentials)
const setDisabled = (disabled: boolean) => must('PATCH', `/api/v1/agents/${leaverId}`, admin.credentials, { disabled })
/** Whoever is disabled takes part in nothing any more a moment later. */
const removeLeaver = async (world: World): Promise<void> => {
  await setDisabled(true)
  const alone = async () =>
    (await conversationOf(world)).consults.length + (await conversationOf(world)).participantIds.length
  await expect.poll(alone, { timeout: 15_000 }).toBe(0)
}
const stopCallbacks = async (): Promise<void> => {
  const settings = await must('GET', '/api/v1/routing/settings', admin.credentials)
  const queue: api.Queue = settings.queues.find(({ id }: api.Queue) => id === queues.quiet)
  const alternatives = { ...queue.settings.alternatives, callback: false }
  const body = { ...queue, settings: { ...queue.settings, alternatives } }
  await must('PUT', `/api/v1/queues/${queue.id}`, admin.credentials, body)
}
const offerOf = async ({ id }: World): Promise<api.Offer> =>
  (await sparePeer.next((frame) => frame.type === 'offer' && (frame['offer'] as api.Offer).conversationId === id))[
    'offer'
  ] as api.Offer
const queueServed = act('queue', { queueId: queues.served }, agent.credentials)
const closeBySpare = act('close', { reason: 'resolved' }, spare.credentials)
const serve = async (world: World): Promise<void> => {
  await queueServed(world)
  const { id } = await offerOf(world)
  await must('POST', `/api/v1/offers/${id}/accept`, spare.credentials, { clientKey: uuidv7() })
  await closeBySpare(world)
}

/** As if a provider had refused it. */
const fail = ({ sentId }: World) => {
  const outgoing = { state: 'failed', problem: { code: 'unreachable' }, dismissed: false }
  const revision = { editedAt: null, recalledAt: null, content: null, outgoing }
  return db
    .updateTable('entries')
    .set({ revision: JSON.stringify(revision) })
    .where('id', '=', sentId)
    .execute()
}

const anotherOf = async ({ visitor }: World) => {
  const content = text('something else')
  const begun = await must('POST', '/api/client/v1/messages', visitor, {
    clientKey: uuidv7(),
    conversationId: null,
    content,
  })
  return { intoId: begun.conversation.id }
}
const mergeIntoAnother = async (world: World) => act('merge', await anotherOf(world))(world)

/** By path; a new command without a case fails the test below. */
const cases: Record<string, Case[]> = {
  '/api/v1/contacts/:id/merges': [
    {
      of: ({ contactId }) => contactId,
      body: async () => ({ otherId: (await company.visitor()).contactId }),
      between: act('notes', { text: 'one and the same' }),
    },
  ],
  '/api/v1/conversations': [
    {
      body: ({ contactId }) => ({ contactId, inboxId: company.inboxes.first.id, content: text('how did it go?') }),
    },
  ],
  '/api/v1/conversations/:id/messages': [{ body: () => ({ content: text('hello') }), between: close }],
  '/api/v1/conversations/:id/scheduled-replies': [
    { body: () => ({ content: text('hello later'), sendAt: soon }), between: close },
  ],
  '/api/v1/conversations/:id/notes': [{ body: () => ({ text: 'look', mentions: [lead.id] }), between: close }],
  '/api/v1/conversations/:id/edit': [
    {
      body: ({ sentId }) => ({ targetId: sentId, content: text('better') }),
      between: (world) => act('recall', { targetId: world.sentId }, agent.credentials)(world),
    },
  ],
  '/api/v1/conversations/:id/recall': [{ body: ({ sentId }) => ({ targetId: sentId }) }],
  '/api/v1/conversations/:id/reactions': [
    {
      body: async ({ id }) => ({ targetId: await saidIn(id), emoji: '👍' }),
      between: async (world) => act('reactions', { targetId: await saidIn(world.id), emoji: null })(world),
    },
  ],
  '/api/v1/conversations/:id/dismiss': [{ before: fail, body: ({ sentId }) => ({ targetId: sentId }), between: fail }],
  '/api/v1/conversations/:id/resend': [
    {
      before: fail,
      body: ({ sentId }) => ({ targetId: sentId }),
      between: (world) => act('recall', { targetId: world.sentId }, agent.credentials)(world),
    },
  ],
  '/api/v1/conversations/:id/assign': [
    { body: () => ({ agentId: null }), between: act('assign', { agentId: lead.id }) },
    {
      as: () => lead.credentials,
      body: () => ({ agentId: lead.id }),
      between: act('assign', { agentId: agent.id }),
    },
  ],
  '/api/v1/conversations/:id/transfer': [
    { body: () => ({ agentId: null, teamId: teams.second, note: 'yours' }) },
    // Whoever hands on what was only handed to them sees nothing of it any more, and still hears that it was done.
    {
      before: act('transfer', { agentId: outsider.id, teamId: teams.second }, admin.credentials),
      as: () => outsider.credentials,
      body: () => ({ agentId: agent.id, teamId: teams.first }),
    },
  ],
  '/api/v1/conversations/:id/close': [
    { body: () => ({ reason: 'resolved' }), between: act('reopen') },
    {
      before: act('transfer', { agentId: outsider.id, teamId: teams.second }, admin.credentials),
      as: () => outsider.credentials,
      body: () => ({ reason: 'resolved' }),
      between: act('transfer', { agentId: agent.id, teamId: teams.first }, admin.credentials),
    },
  ],
  '/api/v1/conversations/:id/reopen': [{ before: close, between: close }],
  '/api/v1/conversations/:id/merge': [{ body: anotherOf, between: act('unmerge') }],
  '/api/v1/conversations/:id/unmerge': [{ before: mergeIntoAnother, between: mergeIntoAnother }],
  '/api/v1/conversations/:id/split': [
    { body: ({ sentId }) => ({ messageId: sentId }), between: act('assign', { agentId: lead.id }) },
  ],
  '/api/v1/conversations/:id/snooze': [{ body: () => ({ until: soon }), between: act('wake') }],
  '/api/v1/conversations/:id/wake': [
    { before: act('snooze', { until: soon }), between: act('snooze', { until: soon }) },
  ],
  '/api/v1/conversations/:id/tags': [{ body: () => ({ add: ['a', 'b'] }), between: act('tags', { remove: ['a'] }) }],
  '/api/v1/conversations/:id/queue': [
    {
      body: () => ({ queueId: queues.doomed, note: 'over 500', priority: 10 }),
      between: async (world) => {
        await act('queue', { queueId: queues.quiet })(world)
        await must('DELETE', `/api/v1/queues/${queues.doomed}`, admin.credentials)
      },
    },
  ],
  '/api/v1/conversations/:id/consults': [
    { body: () => ({ agentId: leaverId, text: 'may I?' }), between: removeLeaver },
  ],
  '/api/v1/conversations/:id/consults/say': [
    {
      before: consult,
      body: async (world) => ({ ...(await consultOf(world)), text: 'yes' }),
      between: async (world) => act('consults/end', await consultOf(world))(world),
    },
  ],
  '/api/v1/conversations/:id/consults/end': [{ before: consult, body: consultOf, between: consult }],
  '/api/v1/conversations/:id/participants': [
    { before: () => setDisabled(false), body: () => ({ agentId: leaverId }), between: removeLeaver },
  ],
  '/api/v1/conversations/:id/participants/leave': [
    {
      before: act('participants', { agentId: lead.id }),
      body: () => ({ agentId: lead.id }),
      between: act('participants', { agentId: lead.id }),
    },
  ],
  '/api/v1/conversations/:id/whispers': [
    { as: () => lead.credentials, body: () => ({ text: 'offer the refund' }), between: close },
  ],
  '/api/v1/conversations/:id/take-over': [
    { as: () => lead.credentials, between: act('assign', { agentId: agent.id }) },
    { before: act('queue', { queueId: queues.quiet }), as: () => lead.credentials, between: close },
  ],
  '/api/v1/offers/:id/accept': [
    {
      before: queueServed,
      as: () => spare.credentials,
      of: async (world) => (await offerOf(world)).id,
      between: closeBySpare,
    },
  ],
  '/api/v1/work-items/:id/wrap-up': [
    {
      before: serve,
      as: () => spare.credentials,
      of: async (world) => (await offerOf(world)).itemId,
      body: () => ({ dispositionId, note: 'all of it' }),
      between: () => must('DELETE', `/api/v1/disposition-codes/${dispositionId}`, admin.credentials),
    },
  ],
  '/api/client/v1/conversations/:id/leave-queue': [
    {
      before: act('queue', { queueId: queues.quiet }),
      as: asVisitor,
      body: () => ({ instead: 'nothing' }),
      between: act('reopen'),
    },
    {
      before: act('queue', { queueId: queues.quiet }),
      as: asVisitor,
      body: () => ({ instead: 'message' }),
      between: act('take-over'),
    },
    {
      before: act('queue', { queueId: queues.quiet }),
      as: asVisitor,
      body: () => ({ instead: 'callback', phone: '+86 10 8888 8888' }),
      between: stopCallbacks,
    },
  ],
  '/api/client/v1/messages': [
    { as: asVisitor, body: ({ id }) => ({ conversationId: id, content: text('hi') }), between: close },
    { as: asVisitor, body: () => ({ conversationId: null, content: text('something else') }) },
    // Into one that is over: the successor is the same, whatever is written about the old one meanwhile.
    {
      before: async (world) => [await reopenWithin(0)(), await close(world)],
      as: asVisitor,
      body: ({ id }) => ({ conversationId: id, content: text('one more thing') }),
      between: act('notes', { text: 'came back' }),
    },
  ],
  '/api/client/v1/offline-messages': [
    { before: closeDoors, as: asVisitor, body: () => ({ values: {}, text: 'call me' }), between: openDoors },
    {
      before: act('queue', { queueId: queues.quiet }),
      as: asVisitor,
      body: ({ id }) => ({ conversationId: id, values: {}, text: 'call me' }),
      between: act('take-over'),
    },
  ],
  '/api/client/v1/conversations/:id/close': [{ as: asVisitor, between: act('reopen') }],
  '/api/client/v1/conversations/:id/survey': [
    {
      before: close,
      as: asVisitor,
      body: async ({ id }) => {
        const { conversation } = await must('GET', `/api/v1/conversations/${id}`, lead.credentials)
        return { surveyId: conversation.survey.id, score: 2 }
      },
      between: (world) =>
        must('POST', `/api/v1/conversations/${world.id}/reopen`, lead.credentials, { clientKey: uuidv7() }),
    },
  ],
}

/**
 * They need a channel, which this company has not: invitations.it.test.ts and first-mails.it.test.ts in delivery/mails,
 * private-replies.it.test.ts in delivery/threads, end-sessions.it.test.ts in delivery/outbound and refusals.it.test.ts in
 * delivery/policy repeat them.
 */
const elsewhere = [
  // tries.it.test.ts; to try now is no command of the timeline.
  '/api/v1/conversations/:id/try-now',
  '/api/v1/conversations/:id/give-up',
  '/api/v1/conversations/:id/invitation-answers',
  '/api/v1/conversations/:id/private-replies',
  '/api/v1/conversations/:id/reply-policy/allow',
  '/api/v1/conversations/:id/session',
  '/api/v1/inboxes/:id/scheduled-mails',
]

test('every command that carries a client key has a case', () => {
  const commands = Object.values<unknown>(api).flatMap((value) => {
    if (typeof value !== 'object' || value === null || !('path' in value) || !('body' in value)) return []
    const shape = Object(value.body).shape ?? {}
    return 'clientKey' in shape ? [String(value.path)] : []
  })
  expect([...Object.keys(cases), ...elsewhere].toSorted()).toEqual(commands.toSorted())
})

async function newWorld(): Promise<World> {
  const { conversationId: id, contactId, credentials } = await company.visitor()
  const sent = await must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: text('hi'),
  })
  const message = sent.entries.find(({ kind }: api.Entry) => kind === 'message.sent')
  return { id, contactId, visitor: credentials, sentId: message.id }
}

/** Everything that is known of the customer. */
async function everything({ contactId }: World): Promise<unknown> {
  const { items } = await must('GET', `/api/v1/contacts/${contactId}/conversations`, admin.credentials)
  return Promise.all(
    items.map(({ conversation }: api.ConversationItem) =>
      must('GET', `/api/v1/conversations/${conversation.id}/entries`, admin.credentials),
    ),
  )
}

/** The entries that it led to, or whatever else it answers with. */
const said = (answer: { entries?: api.Entry[]; merge?: { id: string } }): unknown =>
  answer.entries?.map(({ id }) => id) ?? answer.merge ?? answer

const all = Object.entries(cases).flatMap(([path, some]) => some.map((one, turn) => [path, turn, one] as const))
test.each(all)('%s #%i', async (path, _turn, { before, as, of, body, between }) => {
  const world = await newWorld()
  await before?.(world)
  const sent = { clientKey: uuidv7(), ...(await body?.(world)) }
  const asked = path.replace(':id', (await of?.(world)) ?? world.id)
  const ask = () => must('POST', asked, as?.(world) ?? agent.credentials, sent)
  const first = await ask()
  expect(said(first)).not.toEqual([])
  await between?.(world)
  const known = await everything(world)

  const again = await ask()

  expect(said(again)).toEqual(said(first))
  expect(await everything(world)).toEqual(known)
})
