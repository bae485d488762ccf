import { expect, test } from 'vitest'
import { isPublic } from './apply-entry.ts'
import type { Author, Entry, EntryBody, EntryKind } from './entries.ts'
import { currentContent } from './message.ts'
import { toVisitorEntry, toVisitorLastMessage } from './visitor-view.ts'

const [someone, itemId, queueId] = ['agent-1', 'item-1', 'queue-1']

/** As the server numbers it. */
function entry<Kind extends EntryKind>(
  kind: Kind,
  body: EntryBody<Kind>,
  author: Author = { type: 'agent', id: someone },
) {
  const publicSeq = isPublic(kind) ? 4 : null
  const at = '2026-03-02T10:00:00.000Z'
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kind and body come as a pair
  return { id: 'e', conversationId: 'c', seq: 7, publicSeq, at, author, clientKey: 'k', kind, body } as Entry
}

test.each([
  entry('note.added', { text: 'secret', mentions: [], attachmentIds: [] }),
  entry('conversation.transferred', { agentId: null, teamId: 'secret', fromTeamId: null }),
  entry('conversation.prioritised', { itemId, priority: 50, front: true }),
  entry('conversation.wrapped-up', { itemId, dispositionId: null, note: 'secret', cause: 'agent' }),
  entry('consult.started', { consultId: 'q', agentId: someone, text: 'secret' }),
  entry('consult.said', { consultId: 'q', text: 'secret' }),
  entry('consult.ended', { consultId: 'q' }),
  entry('whisper.added', { text: 'secret' }),
  entry('message.failed', { targetId: 'm', problem: { code: 'secret' } }),
  entry('contact.acted', { act: 'secret', words: 'secret' }),
])('a visitor never sees $kind', (full) => {
  expect(toVisitorEntry(full)).toBeNull()
})

test.each([
  entry('conversation.started', { via: 'visitor', previousConversationId: null, wantsAgent: 'secret' }),
  entry('conversation.queued', { itemId, queueId, channel: 'x', cause: 'overflowed', note: 'secret' }),
  entry('conversation.assigned', { agentId: 'agent-2', fromAgentId: 'secret', cause: 'taken-over' }),
  entry('conversation.queue-left', { itemId, queueId, outcome: 'removed' }, { type: 'agent', id: 'secret' }),
  entry('participant.joined', { agentId: 'agent-2' }, { type: 'agent', id: 'secret' }),
  entry('participant.left', { agentId: 'agent-2' }, { type: 'agent', id: 'secret' }),
])('of $kind a visitor sees neither who did it nor why', (full) => {
  const shown = toVisitorEntry(full)
  expect(shown).toMatchObject({ kind: full.kind, seq: 4 })
  for (const hidden of ['secret', 'overflowed', 'taken-over']) expect(JSON.stringify(shown)).not.toContain(hidden)
})

test('of a reaction to what was said apart a visitor learns that there was something', () => {
  expect(toVisitorEntry(entry('message.reacted', { targetId: 'm', emoji: '👍' }))).toMatchObject({
    body: { targetId: 'm', emoji: '👍' },
  })
  const apart = toVisitorEntry(entry('message.reacted', { targetId: 'm', emoji: '👍', apart: true }))
  expect(apart).toMatchObject({ author: { type: 'system' }, clientKey: null, body: { emoji: null, apart: true } })
})

test('trouble on the way out is the agents’ affair', () => {
  const sent = entry('message.sent', { content: { type: 'text', text: 'hello', markup: 'none' } })
  const outgoing = { state: 'failed', problem: { code: 'secret' }, dismissed: false } as const
  const revision = { editedAt: null, recalledAt: null, content: null, outgoing }
  const shown = sent.kind === 'message.sent' ? toVisitorEntry({ ...sent, revision }) : null
  expect(shown).toMatchObject({ seq: 4, body: { content: { text: 'hello' } } })
  expect(JSON.stringify(shown)).not.toContain('secret')
})

const secret = { type: 'text', text: 'secret words', markup: 'none' } as const
const another: Author = { type: 'contact', id: 'secret person' }
const via = { identityId: 'secret way', inboxId: 'secret inbox' }

test.each([
  entry('message.sent', { content: secret, via, apart: true, replyToId: 'secret' }),
  entry('message.received', { content: secret, via, apart: true, extra: 'secret' }, another),
  entry('message.edited', { targetId: 'm', content: secret, apart: true }, another),
  entry('message.recalled', { targetId: 'm', apart: true }, another),
])('of $kind at an address that is only claimed the visitor sees that it was, and when', (full) => {
  const shown = toVisitorEntry(full)
  expect(shown).toMatchObject({
    kind: full.kind,
    seq: 4,
    at: full.at,
    author: { type: 'system' },
    body: { apart: true },
  })
  expect(JSON.stringify(shown)).not.toContain('secret')
})

test('not even after it was changed, nor as the last message of the conversation', () => {
  const received = entry('message.received', { content: secret, apart: true }, another)
  const revision = { editedAt: '2026-03-02T10:00:00.000Z', recalledAt: null, content: secret }
  const shown = received.kind === 'message.received' ? toVisitorEntry({ ...received, revision }) : null
  expect(shown?.kind === 'message.received' && currentContent(shown)).toMatchObject({ text: '-' })
  const last = { entryId: 'e', from: 'contact', type: 'mail', preview: 'secret', at: received.at } as const
  expect(toVisitorLastMessage({ ...last, apart: true })).toMatchObject({ from: 'system', type: 'text', preview: '-' })
  expect(toVisitorLastMessage(last)).toBe(last)
})
