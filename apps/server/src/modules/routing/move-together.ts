import type { Appended } from '#conversations'
import { takeOffered } from './end-offers.ts'
import { endServices } from './leave-queue.ts'
import { movesWork } from './moves-work.ts'
import type { Queryable } from './work-item-row.ts'

/** What happens all day: agents take what rings, and finish what they have. */
interface Moves {
  accepted: Acceptance[]
  /** Conversations. */
  closed: string[]
}
interface Acceptance {
  before: Appended['before']
  agentId: string
}

/** Conversations of which one such entry came go through the database together; all others one by one. */
export function sortOut(conversations: readonly (readonly Appended[])[]): {
  moves: Moves
  others: (readonly Appended[])[]
} {
  const moves: Moves = { accepted: [], closed: [] }
  return { moves, others: conversations.filter((own) => !isPlainMove(own, moves)) }
}

function isPlainMove(own: readonly Appended[], moves: Moves): boolean {
  const moving = own.flatMap(({ before, entries }) =>
    entries.flatMap((entry) => (movesWork.has(entry.kind) ? [{ before, entry }] : [])),
  )
  const [only] = moving
  if (moving.length !== 1 || !only) return false
  const { before, entry } = only
  // Colleagues who take part or are asked have work of their own that ends with this.
  if (before.participantIds.length + before.consults.length > 0) return false
  if (entry.kind === 'conversation.assigned' && entry.body.cause === 'offered' && entry.body.agentId !== null) {
    moves.accepted.push({ before, agentId: entry.body.agentId })
    return true
  }
  // Whoever waits may be offered to somebody at this moment: that takes a lock and a second look.
  if (entry.kind !== 'conversation.closed' || before.queue !== null) return false
  moves.closed.push(before.id)
  return true
}

/** The statements travel together. An acceptance must find its offer: one that ran out has gone on to somebody else. */
export async function moveTogether(client: Queryable, { accepted, closed }: Moves, now: Date): Promise<void> {
  const offers = accepted.map(({ before: { queue }, agentId }) => ({ itemId: queue?.itemId ?? null, agentId }))
  await Promise.all([takeOffered(client, offers, now), endServices(client, closed, now)])
}
