import type { VisitorServerFrame } from '@qiao/protocol/frames'
import { batch } from '@preact/signals'
import { emitState } from './bridge.ts'
import { applyFrame } from './core/apply-frame.ts'
import type { OutboxItem } from './core/outbox.ts'
import { withAgents, withKey } from './core/state.ts'
import type { SendBody, Sent } from './net/api.ts'
import { loaded } from './net/part.ts'
import { Refusal } from './net/problem.ts'
import { services } from './services.ts'
import { state } from './store.ts'

type Answer = Extract<VisitorServerFrame, { type: 'sent' | 'refused' }>
const expected = new Map<string, (answer: Answer | null) => void>()
const answerWithinMs = 10_000

/** Called with each answer that the socket brings. */
export function settle(frame: VisitorServerFrame): void {
  if ((frame.type === 'sent' || frame.type === 'refused') && frame.clientKey !== null) {
    expected.get(frame.clientKey)?.(frame)
  }
}

/** Null: no answer in time. The message may or may not have arrived; its key lets us simply ask again. */
function answerTo(clientKey: string): Promise<Answer | null> {
  return new Promise((resolve) => {
    const done = (answer: Answer | null): void => {
      clearTimeout(timer)
      expected.delete(clientKey)
      resolve(answer)
    }
    const timer = setTimeout(() => done(null), answerWithinMs)
    expected.set(clientKey, done)
  })
}

/** Shows what the server answered to something that this page did over HTTP. */
export function acceptSent({ conversation, entries }: Sent): { conversationId: string } {
  batch(() => {
    const known = state.value.conversations.has(conversation.id)
    const agents = conversation.assignee ? [conversation.assignee] : []
    const base = withAgents(state.value, agents)
    // A conversation that is new to us starts empty and is filled by the same path as any other.
    const blank = { ...conversation, lastSeq: (entries[0]?.seq ?? conversation.lastSeq + 1) - 1, unreadCount: 0 }
    state.value = known ? base : { ...base, conversations: withKey(base.conversations, conversation.id, blank) }
    const frame = { type: 'entries', conversationId: conversation.id, entries } as const
    state.value = applyFrame(state.value, frame, Date.now())
  })
  return { conversationId: conversation.id }
}

/** What the visitor has begun. The first of all passes for history that is being loaded where arrivals are watched. */
export function acceptBegun(sent: Sent): { conversationId: string } {
  const accepted = acceptSent(sent)
  emitState(sent.conversation.id, sent.conversation.state)
  return accepted
}

async function bySocket(body: SendBody): Promise<{ conversationId: string } | null> {
  if (body.conversationId === null || !services().line.send({ type: 'send', ...body })) return null
  const answer = await answerTo(body.clientKey)
  if (!answer) {
    services().line.check()
    throw new Refusal('offline')
  }
  if (answer.type === 'refused') throw new Refusal(answer.problem.code, answer.problem)
  return { conversationId: answer.conversationId }
}

export const tokenGone: ReadonlySet<string> = new Set(['visitor-token-invalid', 'session-expired', 'not-signed-in'])

export async function deliver(item: OutboxItem): Promise<{ conversationId: string }> {
  if (item.left) return (await loaded(import('./deliver-left.ts'))).deliverLeft(item, item.left)
  const { session, api, line } = services()
  const body: SendBody = { ...item.body, clientKey: item.clientKey, conversationId: item.conversationId }
  try {
    await session.ensure()
    const sent = await bySocket(body)
    if (sent) return sent
    const accepted = (body.conversationId === null ? acceptBegun : acceptSent)(await api.send(body))
    line.connect()
    return accepted
  } catch (error) {
    if (!(error instanceof Refusal) || !tokenGone.has(error.code)) throw error
    // The words are worth more than the old token: say them as a new visitor, in a conversation of their own.
    session.drop()
    await session.ensure()
    const accepted = acceptBegun(await api.send({ ...body, conversationId: null, replyToId: undefined }))
    line.connect()
    return accepted
  }
}
