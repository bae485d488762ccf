import type { EntryKind } from '@qiao/protocol'

/** Kinds that move work. A message moves none: the hot path of chats passes by here untouched. */
export const movesWork: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'conversation.started',
  'conversation.reopened',
  'conversation.woken',
  'conversation.assigned',
  'conversation.queued',
  'conversation.queue-left',
  'conversation.prioritised',
  'conversation.closed',
  'conversation.snoozed',
  'participant.joined',
  'participant.left',
  'consult.started',
  'consult.ended',
  'conversation.wrapped-up',
])
