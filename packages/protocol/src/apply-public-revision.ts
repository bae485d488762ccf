import type { Entry, EntryOf, Revision } from './entries.ts'

/** What customers learn of: that a message was changed, taken back, or reacted to. */
export type PublicChange = EntryOf<'message.edited' | 'message.recalled' | 'message.reacted'>

export const untouched: Revision = { editedAt: null, recalledAt: null, content: null }

/** Reactions of customers stand in the timeline themselves; ours are known with the message, too. */
export const revisesPublicly = (entry: Entry): entry is PublicChange =>
  entry.kind === 'message.edited' ||
  entry.kind === 'message.recalled' ||
  (entry.kind === 'message.reacted' && entry.author.type !== 'contact')

export function publicRevisionAfter(before: Revision, change: PublicChange): Revision {
  // A newer change is another try.
  const { unreached: _over, ...reached } = before
  if (change.kind === 'message.edited') return { ...reached, editedAt: change.at, content: change.body.content }
  if (change.kind === 'message.recalled') return { ...reached, recalledAt: change.at, content: null }
  const { reaction: _before, ...rest } = reached
  return change.body.emoji === null ? rest : { ...rest, reaction: change.body.emoji }
}

/** What a change makes of the message that it names; the same array when nothing changed, so that a list need not redraw. */
export function reviseTarget<Held extends Entry>(
  entries: readonly Held[],
  targetId: string,
  after: (before: Revision) => Revision,
): readonly Held[] {
  const at = entries.findIndex((entry) => entry.id === targetId)
  const target = entries[at]
  if (!target || !('revision' in target)) return entries
  const revision = after(target.revision ?? untouched)
  return entries.map((entry, index) => (index === at ? { ...target, revision } : entry))
}

/** As a customer's page sees it, which is small: nothing of how messages leave. */
export const applyPublicRevision = <Held extends Entry>(entries: readonly Held[], change: Entry): readonly Held[] =>
  revisesPublicly(change)
    ? reviseTarget(entries, change.body.targetId, (before) => publicRevisionAfter(before, change))
    : entries
