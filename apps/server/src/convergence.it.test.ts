import * as api from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll, expect, test, vi } from 'vitest'
import { addQueue } from './testing/add-queue.ts'
import { type Credentials, startCompany } from './testing/company.ts'
import { connect, type Peer } from './testing/socket-peer.ts'

/**
 * Idea 5 of the architecture: what a client gets by applying the frames that it was sent to an old state is what a fresh
 * snapshot says, for every command, on the agents' side and on the visitor's.
 */
vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { must, agent, lead, spare } = company
const queueId = await addQueue(company.db, { alternatives: { afterSeconds: 0, message: true, callback: true } })
const servedQueueId = await addQueue(company.db, {
  groups: [{ teamIds: [], agentIds: [spare.id], afterSeconds: 0 }],
  wrapUp: { mode: 'mandatory', seconds: 60, needsDisposition: false },
})
await must('PUT', '/api/v1/routing/me/state', spare.credentials, { state: 'available' })

const agentPeer = await connect(company.url, '/ws/agent', agent.credentials)
const sparePeer = await connect(company.url, '/ws/agent', spare.credentials)
afterAll(() => [agentPeer, sparePeer].forEach((peer) => peer.close()))
await agentPeer.next((frame) => frame.type === 'ready')

type Run = (world: World) => Promise<unknown>
interface World {
  id: string
  visitor: Awaited<ReturnType<typeof company.visitor>>
  /** A message of the agent's, for what needs one. */
  sentId: string
}

const text = (words: string) => ({ type: 'text', text: words })
const postAs =
  (who: { credentials: Credentials }, name: string, body: object): Run =>
  ({ id }) =>
    must('POST', `/api/v1/conversations/${id}/${name}`, who.credentials, { clientKey: uuidv7(), ...body })
const post = (name: string, body: object): Run => postAs(agent, name, body)
const asVisitor =
  (path: string, body: (world: World) => object): Run =>
  (world) =>
    must('POST', `/api/client/v1${path.replace(':id', world.id)}`, world.visitor.credentials, {
      clientKey: uuidv7(),
      ...body(world),
    })
const inTurn =
  (...steps: Run[]): Run =>
  async (world) => {
    for (const step of steps) await step(world)
  }
const write = asVisitor('/messages', ({ id }) => ({ conversationId: id, content: text('anybody?') }))
const close = post('close', { reason: 'resolved' })
const consult = post('consults', { agentId: lead.id, text: 'may I?' })
const inConsult =
  (name: string, body: object = {}): Run =>
  async (world) => {
    const { consults } = await readAsAgent(world.id)
    await post(`consults/${name}`, { consultId: consults[0]?.id, ...body })(world)
  }
const queue = post('queue', { queueId, note: 'over 500', priority: 10 })
const leaveQueue = (instead: string, phone?: string): Run =>
  asVisitor('/conversations/:id/leave-queue', () => ({ instead, phone }))
/** Offered by the router, accepted by the one agent who serves that queue. */
const acceptOffer = inTurn(post('queue', { queueId: servedQueueId }), async ({ id }) => {
  const { offer } = (await sparePeer.next(
    (frame) => frame.type === 'offer' && (frame['offer'] as api.Offer).conversationId === id,
  )) as unknown as { offer: api.Offer }
  await must('POST', `/api/v1/offers/${offer.id}/accept`, spare.credentials, { clientKey: uuidv7() })
})
const wrapUp: Run = async ({ id }) => {
  const { state } = await must('GET', '/api/v1/routing/me', spare.credentials)
  const { itemId } = state.held.find((work: api.HeldWork) => work.conversationId === id)
  const body = { clientKey: uuidv7(), note: 'refunded' }
  await must('POST', `/api/v1/work-items/${itemId}/wrap-up`, spare.credentials, body)
}
/** The customer turns out to be somebody else whom we know. */
async function mergeInto({ visitor }: World): Promise<string> {
  const { contactId } = await company.visitor()
  const body = { clientKey: uuidv7(), otherId: visitor.contactId }
  return (await must('POST', `/api/v1/contacts/${contactId}/merges`, agent.credentials, body)).merge.id
}
/** Into the older one of the same customer, and another one into this. */
const mergeOn: Run = async (world) => {
  const begin = () =>
    must('POST', '/api/client/v1/messages', world.visitor.credentials, {
      clientKey: uuidv7(),
      conversationId: null,
      content: text('something else'),
    })
  const [taken, into] = [await begin(), await begin()]
  await post('snooze', { until: soon() })(world)
  await postAs(agent, 'merge', { intoId: world.id })({ ...world, id: taken.conversation.id })
  await post('merge', { intoId: into.conversation.id })(world)
}
const soon = (): string => new Date(Date.now() + 3_600_000).toISOString()

/** By the path of the command; a new command without a case fails the test below. */
const commands: Record<string, Run> = {
  '/api/v1/conversations/:id/messages': post('messages', { content: text('hello') }),
  '/api/v1/conversations/:id/notes': ({ id }) =>
    must('POST', `/api/v1/conversations/${id}/notes`, lead.credentials, {
      clientKey: uuidv7(),
      text: 'look',
      mentions: [agent.id],
    }),
  '/api/v1/conversations/:id/edit': (world) => post('edit', { targetId: world.sentId, content: text('better') })(world),
  '/api/v1/conversations/:id/recall': (world) => post('recall', { targetId: world.sentId })(world),
  '/api/v1/conversations/:id/reactions': async (world) => {
    const { entries } = await must('GET', `/api/v1/conversations/${world.id}/entries`, agent.credentials)
    const targetId = entries.find((entry: api.Entry) => entry.kind === 'message.received').id
    return inTurn(post('reactions', { targetId, emoji: '👍' }), post('reactions', { targetId, emoji: null }))(world)
  },
  '/api/v1/conversations/:id/assign': inTurn(post('assign', { agentId: null }), post('assign', { agentId: agent.id })),
  '/api/v1/conversations/:id/transfer': post('transfer', {
    agentId: lead.id,
    teamId: company.teams.first,
    note: 'yours',
  }),
  '/api/v1/conversations/:id/close': close,
  '/api/v1/conversations/:id/reopen': inTurn(close, post('reopen', {})),
  '/api/v1/conversations/:id/merge': mergeOn,
  '/api/v1/conversations/:id/unmerge': inTurn(mergeOn, post('unmerge', {})),
  '/api/v1/conversations/:id/split': async (world) => {
    await write(world)
    await post('split', { messageId: world.sentId })(world)
  },
  '/api/v1/conversations/:id/snooze': post('snooze', { until: soon() }),
  '/api/v1/conversations/:id/wake': inTurn(post('snooze', { until: soon() }), post('wake', {})),
  '/api/v1/conversations/:id/tags': inTurn(
    post('tags', { add: ['a', 'b'] }),
    post('tags', { add: ['c'], remove: ['a'] }),
  ),
  '/api/v1/conversations/:id/queue': inTurn(queue, post('snooze', { until: soon() }), queue),
  '/api/v1/conversations/:id/consults': inTurn(consult, consult),
  '/api/v1/conversations/:id/consults/say': inTurn(consult, inConsult('say', { text: 'yes' })),
  '/api/v1/conversations/:id/consults/end': inTurn(consult, inConsult('end')),
  '/api/v1/conversations/:id/participants': inTurn(
    post('participants', { agentId: lead.id }),
    postAs(lead, 'messages', { content: text('I am here too') }),
    post('assign', { agentId: null }),
    postAs(lead, 'assign', { agentId: lead.id }),
  ),
  '/api/v1/conversations/:id/participants/leave': inTurn(
    post('participants', { agentId: lead.id }),
    post('participants/leave', { agentId: lead.id }),
  ),
  '/api/v1/conversations/:id/whispers': postAs(lead, 'whispers', { text: 'offer the refund' }),
  '/api/v1/conversations/:id/take-over': inTurn(queue, postAs(lead, 'take-over', {})),
  '/api/client/v1/conversations/:id/leave-queue': inTurn(
    queue,
    leaveQueue('message'),
    leaveQueue('callback', '+86 10 8888 8888'),
    leaveQueue('nothing'),
  ),
  '/api/v1/offers/:id/accept': acceptOffer,
  '/api/v1/work-items/:id/wrap-up': inTurn(acceptOffer, postAs(spare, 'close', {}), wrapUp),
  '/api/v1/contacts/:id/merges': mergeInto,
  '/api/v1/contact-merges/:id/undo': async (world) => {
    const id = await mergeInto(world)
    await must('POST', `/api/v1/contact-merges/${id}/undo`, lead.credentials)
  },
  '/api/client/v1/messages': inTurn(write, post('snooze', { until: soon() }), write, close, write),
  '/api/client/v1/offline-messages': inTurn(
    queue,
    asVisitor('/offline-messages', ({ id }) => ({ conversationId: id, values: {}, text: 'call me' })),
    asVisitor('/offline-messages', ({ id }) => ({ conversationId: id, values: {}, text: 'and soon' })),
  ),
  '/api/client/v1/conversations/:id/close': asVisitor('/conversations/:id/close', () => ({})),
  '/api/client/v1/conversations/:id/survey': async (world) => {
    await close(world)
    const { conversation } = await readAsVisitor(world)
    await asVisitor('/conversations/:id/survey', () => ({
      surveyId: conversation.survey?.id,
      score: 4,
      comment: 'fine',
    }))(world)
  },
}

/** Not about one conversation's timeline, or marks (which are merged, not applied). */
const elsewhere = [
  '/api/v1/conversations',
  '/api/v1/conversations/:id/read',
  // What is said of them is asked for again; what becomes of one is a message like any other.
  '/api/v1/conversations/:id/scheduled-replies',
  // Of letters; what is answered leaves as a message like any other.
  '/api/v1/conversations/:id/invitation-answers',
  '/api/v1/conversations/:id/mail-bodies',
  '/api/v1/conversations/:id/bind-link',
  '/api/v1/conversations/:id/people/reachable',
  // Of channels; what it says goes into another conversation, as a message like any other.
  '/api/v1/conversations/:id/private-replies',
  // Only on channels: outbound.it.test.ts asks the same of them.
  '/api/v1/conversations/:id/resend',
  '/api/v1/conversations/:id/dismiss',
  // Of channels too: tries.it.test.ts.
  '/api/v1/conversations/:id/try-now',
  '/api/v1/conversations/:id/give-up',
  // Of channels too; refusals.it.test.ts says what is told. A preview changes nothing.
  '/api/v1/conversations/:id/reply-policy/allow',
  // Of channels too: end-sessions.it.test.ts.
  '/api/v1/conversations/:id/session',
  '/api/v1/conversations/:id/reply-preview',
  '/api/v1/offers/:id/decline',
  '/api/v1/work-items/:id/extend-wrap-up',
  '/api/client/v1/inboxes/:key/sessions',
  '/api/client/v1/inboxes/:key/sign-in',
  '/api/client/v1/bind-links',
  '/api/client/v1/bind',
  '/api/client/v1/conversations/:id/marks',
  '/api/client/v1/conversations/:id/transcript',
  '/api/client/v1/attachments/links',
  '/api/client/v1/track',
]

test('every command has a case', () => {
  const posts = Object.values<unknown>(api).filter(
    (value): value is api.Endpoint =>
      typeof value === 'object' && value !== null && 'path' in value && 'method' in value && value.method === 'POST',
  )
  const paths = posts
    .map((endpoint) => endpoint.path)
    .filter((path) =>
      /^\/api\/(v1\/(conversations|contacts\/:id\/merges|contact-merges|offers|work-items)|client\/v1)/.test(path),
    )
  expect([...Object.keys(commands), ...elsewhere].toSorted()).toEqual(paths.toSorted())
})

const readAsAgent = async (id: string): Promise<api.Conversation> =>
  (await must('GET', `/api/v1/conversations/${id}`, lead.credentials)).conversation
const readAsVisitor = async ({
  id,
  visitor,
}: World): Promise<{ conversation: api.VisitorConversation; agents: api.PublicAgent[] }> =>
  must('GET', `/api/client/v1/conversations/${id}/entries`, visitor.credentials)

const entriesOf = (peer: Peer, conversationId: string): api.Entry[] =>
  peer.frames.flatMap((frame) =>
    frame.type === 'entries' && frame['conversationId'] === conversationId && Array.isArray(frame['entries'])
      ? (frame['entries'] as api.Entry[])
      : [],
  )

async function newWorld(): Promise<World> {
  const visitor = await company.visitor()
  const id = visitor.conversationId
  const sent = await must('POST', `/api/v1/conversations/${id}/messages`, agent.credentials, {
    clientKey: uuidv7(),
    content: text('hi'),
  })
  const message = sent.entries.find((entry: api.Entry) => entry.kind === 'message.sent')
  return { id, visitor, sentId: message.id }
}

test.each(Object.entries(commands))('apply(frames, stale) = fresh after %s', async (_path, run) => {
  const world = await newWorld()
  const visitorPeer = await connect(company.url, '/ws/visitor')
  visitorPeer.send({ type: 'hello', token: world.visitor.token })
  await visitorPeer.next((frame) => frame.type === 'ready')
  const stale = await readAsAgent(world.id)
  const staleVisitor = (await readAsVisitor(world)).conversation

  await run(world)

  const fresh = await readAsAgent(world.id)
  expect(fresh.lastSeq).toBeGreaterThan(stale.lastSeq)
  const reached = (seq: number) => (frame: { type: string; [field: string]: unknown }) =>
    frame.type === 'entries' &&
    frame['conversationId'] === world.id &&
    (frame['entries'] as api.Entry[]).some((entry) => entry.seq === seq)
  await agentPeer.next(reached(fresh.lastSeq))
  expect(entriesOf(agentPeer, world.id).reduce(api.applyEntry, stale)).toEqual(fresh)

  const { conversation: freshVisitor, agents } = await readAsVisitor(world)
  if (freshVisitor.lastSeq > staleVisitor.lastSeq) await visitorPeer.next(reached(freshVisitor.lastSeq))
  const faces = new Map(agents.map((face) => [face.id, face]))
  const applied = entriesOf(visitorPeer, world.id).reduce(
    (held, entry) => api.applyVisitorEntry(held, entry, faces),
    staleVisitor,
  )
  expect(applied).toEqual(freshVisitor)
  visitorPeer.close()
})
