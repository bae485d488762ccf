import type { Author, Conversation, Entry, EntryOf } from '@qiao/protocol'

export type ConsultEntry = EntryOf<'consult.started' | 'consult.said' | 'consult.ended'>
export const isConsult = (entry: Entry): entry is ConsultEntry =>
  entry.kind === 'consult.started' || entry.kind === 'consult.said' || entry.kind === 'consult.ended'

/** What two agents say to each other about a conversation. */
export interface Consult {
  readonly id: string
  /** Who asked, and who was asked; null while that part of the history has not been read. */
  readonly by: Author | null
  readonly agentId: string | null
  readonly said: readonly { id: string; author: Author; text: string; at: string }[]
}

/** The consultations that these entries tell of, in the order in which they began. */
export function consultsOf(entries: readonly Entry[]): Consult[] {
  const found = new Map<string, Consult>()
  for (const entry of entries) {
    if (!isConsult(entry)) continue
    const { consultId } = entry.body
    const before = found.get(consultId) ?? { id: consultId, by: null, agentId: null, said: [] }
    const who = entry.kind === 'consult.started' ? { by: entry.author, agentId: entry.body.agentId } : {}
    const said =
      entry.kind === 'consult.ended'
        ? before.said
        : [...before.said, { id: entry.id, author: entry.author, text: entry.body.text, at: entry.at }]
    found.set(consultId, { ...before, ...who, said })
  }
  return [...found.values()]
}

/** Asked for advice, without serving the customer. */
export const isOnlyAsked = (
  { assigneeId, participantIds, consults }: Pick<Conversation, 'assigneeId' | 'participantIds' | 'consults'>,
  agentId: string,
): boolean =>
  assigneeId !== agentId && !participantIds.includes(agentId) && consults.some((consult) => consult.agentId === agentId)
