import type { Entry } from '@qiao/protocol'

/** What its writer may not know of: by whom, in their order, each once. */
export interface Meanwhile {
  answeredBy: readonly string[]
  notedBy: readonly string[]
  customerWrote: boolean
}

export const nothingNew: Meanwhile = { answeredBy: [], notedBy: [], customerWrote: false }

/** Undefined while nothing of the thread is known. */
export function newestSeq(entries: readonly Entry[], conversationId: string): number | undefined {
  const own = entries.filter((entry) => entry.conversationId === conversationId)
  return own.length === 0 ? undefined : Math.max(...own.map(({ seq }) => seq))
}

/** What others have said in this conversation since then. What programs say by themselves answers nothing. */
export function saidSince(
  entries: readonly Entry[],
  { conversationId, sinceSeq, meId }: { conversationId: string; sinceSeq: number | undefined; meId: string },
): Meanwhile {
  if (sinceSeq === undefined) return nothingNew
  const newer = entries.filter((entry) => entry.conversationId === conversationId && entry.seq > sinceSeq)
  const by = (kind: Entry['kind']): string[] => [
    ...new Set(
      newer.flatMap((entry) =>
        entry.kind === kind && entry.author.type === 'agent' && entry.author.id !== meId ? [entry.author.id] : [],
      ),
    ),
  ]
  return {
    answeredBy: by('message.sent'),
    notedBy: by('note.added'),
    customerWrote: newer.some(({ kind }) => kind === 'message.received'),
  }
}
