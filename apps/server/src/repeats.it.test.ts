import * as api from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { type Credentials, startCompany } from './testing/company.ts'

/**
 * An answer that got lost is asked for again with the same client key. Whatever has happened in between, even when the rules
 * would refuse it by now, the repeat gives what the first attempt gave and changes nothing.
 */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany()
const { must, admin, lead, agent, outsider, teams } = company

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
  body?: (world: World) => object | Promise<object>
  between?: (world: World) => Promise<unknown>
}

const text = (words: string) => ({ type: 'text', text: words })
const soon = new Date(Date.now() + 3_600_000).toISOString()
const act =
  (name: string, body: object = {}, credentials = lead.credentials) =>
  ({ id }: World): Promise<unknown> =>
    must('POST', `/api/v1/conversations/${id}/${name}`, credentials, { clientKey: uuidv7(), ...body })
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

/** By path; a new command without a case fails the test below. */
const cases: Record<string, Case[]> = {
  '/api/v1/conversations': [
    {
      body: ({ contactId }) => ({ contactId, inboxId: company.inboxes.first.id, content: text('how did it go?') }),
    },
  ],
  '/api/v1/conversations/:id/messages': [{ body: () => ({ content: text('hello') }), between: close }],
  '/api/v1/conversations/:id/notes': [{ body: () => ({ text: 'look', mentions: [lead.id] }), between: close }],
  '/api/v1/conversations/:id/edit': [
    {
      body: ({ sentId }) => ({ targetId: sentId, content: text('better') }),
      between: (world) => act('recall', { targetId: world.sentId }, agent.credentials)(world),
    },
  ],
  '/api/v1/conversations/:id/recall': [{ body: ({ sentId }) => ({ targetId: sentId }) }],
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
  '/api/v1/conversations/:id/snooze': [{ body: () => ({ until: soon }), between: act('wake') }],
  '/api/v1/conversations/:id/wake': [
    { before: act('snooze', { until: soon }), between: act('snooze', { until: soon }) },
  ],
  '/api/v1/conversations/:id/tags': [{ body: () => ({ add: ['a', 'b'] }), between: act('tags', { remove: ['a'] }) }],
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

test('every command that carries a client key has a case', () => {
  const commands = Object.values<unknown>(api).flatMap((value) => {
    if (typeof value !== 'object' || value === null || !('path' in value) || !('body' in value)) return []
    const shape = Object(value.body).shape ?? {}
    return 'clientKey' in shape ? [String(value.path)] : []
  })
  expect(Object.keys(cases).toSorted()).toEqual(commands.toSorted())
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

const all = Object.entries(cases).flatMap(([path, some]) => some.map((one, turn) => [path, turn, one] as const))
test.each(all)('%s #%i', async (path, _turn, { before, as, body, between }) => {
  const world = await newWorld()
  await before?.(world)
  const sent = { clientKey: uuidv7(), ...(await body?.(world)) }
  const ask = () => must('POST', path.replace(':id', world.id), as?.(world) ?? agent.credentials, sent)
  const first = await ask()
  expect(first.entries.length).toBeGreaterThan(0)
  await between?.(world)
  const known = await everything(world)

  const again = await ask()

  expect(again.entries.map(({ id }: api.Entry) => id)).toEqual(first.entries.map(({ id }: api.Entry) => id))
  expect(await everything(world)).toEqual(known)
})
