import type { Entry } from '@qiao/protocol'
import type { Row } from './rows.ts'

/** What rows took when they were last drawn. A thread that is opened again stands in its place without being measured. */
const ofEntry = new WeakMap<Entry, number>()
const ofType = new Map<Row['type'], number>()

export function noteHeight(row: Row | undefined, height: number): void {
  if (!row || height === 0) return
  if ('entry' in row) ofEntry.set(row.entry, height)
  else if (row.type === 'day' || row.type === 'conversation') ofType.set(row.type, height)
}

/** A first guess of a row's height; the real one is measured once it is drawn. */
export function guessHeight(row: Row | undefined): number {
  if (!row) return 60
  if ('entry' in row) return ofEntry.get(row.entry) ?? (row.type === 'event' ? 32 : 72)
  switch (row.type) {
    case 'day':
      return ofType.get('day') ?? 32
    case 'conversation':
      return ofType.get('conversation') ?? 44
    case 'consult':
      return 60 + row.consult.said.length * 26
    case 'pending':
      return 72
    default:
      return row satisfies never
  }
}
