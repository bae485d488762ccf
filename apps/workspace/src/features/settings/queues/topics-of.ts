import type { Inbox } from '@qiao/protocol'
import { inboxesOf } from './inboxes-of.ts'

/** The topics of what waits in a queue, each once, for a choice; of all inboxes while none leads to it. */
export function topicsOf(queueId: string, inboxes: readonly Inbox[]): { value: string; label: string }[] {
  const leading = inboxesOf(queueId, inboxes)
  const labels = new Map<string, Set<string>>()
  for (const { settings } of leading.length > 0 ? leading : inboxes) {
    for (const { key, label } of settings.offline.topics) labels.set(key, (labels.get(key) ?? new Set()).add(label))
  }
  return [...labels].map(([value, names]) => ({ value, label: `${[...names].join(' / ')} · ${value}` }))
}
