import type { Entry } from '@qiao/protocol'
import { feedSource } from '#platform/feed/feed-source'
import { entryColumns, type EntryRow, toEntry } from './conversation-row.ts'

/** Every entry of every conversation. */
export const entryFeed = feedSource<EntryRow, Entry>({
  table: 'entries',
  columns: entryColumns,
  order: ['conversation_id', 'seq'],
  toItem: toEntry,
})
