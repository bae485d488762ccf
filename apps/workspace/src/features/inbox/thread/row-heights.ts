import { type Entry, currentContent } from '@qiao/protocol'
import { besideOf } from '../beside/beside.ts'
import type { Row } from './rows.ts'

/** What rows took when they were last drawn. A thread that is opened again stands in its place without being measured. */
const ofEntry = new WeakMap<Entry, number>()
/** And what rows of one shape took: most that arrive are as high as one before, and nothing moves once they are measured. */
const ofShape = new Map<string, number>()

/** Half-width characters that a line of a bubble takes, more or less: only rows of few lines are alike. */
const lineWidth = 70
const wide = /[\u1100-\u115F\u2E80-\uFFDC]/g

function linesOf(text: string): number {
  let lines = 0
  for (const line of text.split('\n')) {
    lines += Math.max(1, Math.ceil((line.length + (line.match(wide)?.length ?? 0)) / lineWidth))
  }
  return lines
}

/** Thousands of rows are guessed anew with each message that arrives. */
const shapes = new WeakMap<Row, string | null>()
/** Null for a row that is like no other. */
function shapeOf(row: Row): string | null {
  const known = shapes.get(row)
  if (known !== undefined) return known
  const found = findShape(row)
  shapes.set(row, found)
  return found
}

function findShape(row: Row): string | null {
  if (row.type === 'day' || row.type === 'conversation') return row.type
  if (row.type === 'note') return row.entry.body.attachmentIds.length > 0 ? null : shape(row, row.entry.body.text)
  if (row.type !== 'message' || row.entry.body.replyToId || besideOf(row.entry).length > 0) return null
  if (row.entry.revision?.reaction) return null
  const content = currentContent(row.entry)
  return content?.type === 'text' ? shape(row, content.text) : null
}

const shape = ({ type, grouped }: { type: string; grouped: boolean }, text: string): string =>
  `${type}/${grouped}/${linesOf(text)}`

export function noteHeight(row: Row | undefined, height: number): void {
  if (!row || height === 0) return
  if ('entry' in row) ofEntry.set(row.entry, height)
  const alike = shapeOf(row)
  if (alike !== null) ofShape.set(alike, height)
}

/** A first guess of a row's height; the real one is measured once it is drawn. */
export function guessHeight(row: Row | undefined): number {
  if (!row) return 60
  const known = 'entry' in row ? ofEntry.get(row.entry) : undefined
  if (known !== undefined) return known
  const alike = shapeOf(row)
  return (alike === null ? undefined : ofShape.get(alike)) ?? roughly(row)
}

function roughly(row: Row): number {
  switch (row.type) {
    case 'day':
    case 'event':
      return 32
    case 'conversation':
      return 44
    case 'consult':
      return 60 + row.consult.said.length * 26
    case 'message':
    case 'note':
    case 'whisper':
    case 'pending':
      return 72
    default:
      return row satisfies never
  }
}
