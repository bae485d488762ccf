import { expect, test } from 'vitest'
import { isPublic } from './apply-entry.ts'
import type { Author, Entry, EntryBody, EntryKind } from './entries.ts'
import { toVisitorEntry } from './visitor-view.ts'

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

test('trouble on the way out is the agents’ affair', () => {
  const sent = entry('message.sent', { content: { type: 'text', text: 'hello', markup: 'none' } })
  const outgoing = { state: 'failed', problem: { code: 'secret' }, dismissed: false } as const
  const revision = { editedAt: null, recalledAt: null, content: null, outgoing }
  const shown = sent.kind === 'message.sent' ? toVisitorEntry({ ...sent, revision }) : null
  expect(shown).toMatchObject({ seq: 4, body: { content: { text: 'hello' } } })
  expect(JSON.stringify(shown)).not.toContain('secret')
})
