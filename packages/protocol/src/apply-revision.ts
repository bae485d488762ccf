import type { Entry } from './entries.ts'

/**
 * Applies edits and recalls to messages that a screen already holds. Returns the same array when nothing changed, so
 * that a list need not redraw.
 */
export function applyRevision<Held extends Entry>(entries: readonly Held[], change: Entry): readonly Held[] {
  if (change.kind !== 'message.edited' && change.kind !== 'message.recalled') return entries
  const at = entries.findIndex((entry) => entry.id === change.body.targetId)
  const target = entries[at]
  if (!target || !('revision' in target)) return entries
  const before = target.revision ?? { editedAt: null, recalledAt: null, content: null }
  const revision =
    change.kind === 'message.recalled'
      ? { ...before, recalledAt: change.at, content: null }
      : { ...before, editedAt: change.at, content: change.body.content }
  return entries.map((entry, index) => (index === at ? { ...target, revision } : entry))
}
