import type { Entry } from '@qiao/protocol'
import { AppError } from '#platform/errors'

/** Where it became an entry. */
export interface EntryPlace {
  conversationId: string
  entryId: string
  publicSeq: number
}

export function placeIn(entries: readonly Entry[], kind: 'message.received' | 'message.sent'): EntryPlace {
  const entry = entries.find((each) => each.kind === kind)
  if (!entry?.publicSeq) throw new AppError('internal')
  return { conversationId: entry.conversationId, entryId: entry.id, publicSeq: entry.publicSeq }
}
