import {
  type ConversationItem,
  type deliveryStates,
  type Entry,
  type EntryOf,
  type MessageEntry,
  isMessage,
  revises,
} from '@qiao/protocol'
import { startOfDay } from '../../../shared/time.ts'
import type { OutboxItem } from '../outbox.ts'
import { type Consult, type ConsultEntry, consultsOf, isConsult } from './consults.ts'

/** One conversation of the thread, with the part of its timeline that has been read. */
export interface Segment {
  readonly item: ConversationItem
  readonly entries: readonly Entry[]
}
/** These show on the message that they speak of. */
type RevisionKind = Exclude<Extract<Entry['kind'], `message.${string}`>, MessageEntry['kind'] | 'message.reacted'>
type EventEntry = Exclude<Entry, MessageEntry | ConsultEntry | EntryOf<'note.added' | 'whisper.added' | RevisionKind>>

export type Row =
  | { type: 'conversation'; key: string; item: ConversationItem }
  | { type: 'day'; key: string; at: string }
  | { type: 'event'; key: string; entry: EventEntry }
  | { type: 'message'; key: string; entry: MessageEntry; grouped: boolean; delivery: Delivery | null }
  | { type: 'note'; key: string; entry: EntryOf<'note.added'>; grouped: boolean }
  | { type: 'whisper'; key: string; entry: EntryOf<'whisper.added'>; grouped: boolean }
  | { type: 'consult'; key: string; consult: Consult }
  | { type: 'pending'; key: string; pending: OutboxItem; grouped: boolean }

export type Delivery = (typeof deliveryStates)[number]
const groupWithinMs = 3 * 60_000

const troubleOf = (entry: MessageEntry): Delivery | null =>
  entry.kind === 'message.sent' && entry.publicSeq !== null && !entry.body.elsewhere
    ? (entry.revision?.outgoing?.state ?? null)
    : null

export function deliveryOf(entry: MessageEntry, { marks }: ConversationItem): Delivery | null {
  if (entry.kind !== 'message.sent' || entry.publicSeq === null || entry.body.elsewhere) return null
  const trouble = troubleOf(entry)
  if (trouble) return trouble
  if (entry.publicSeq <= marks.contactReadSeq) return 'read'
  if (entry.publicSeq <= marks.contactDeliveredSeq) return 'delivered'
  return marks.sentSeq !== undefined && entry.publicSeq > marks.sentSeq ? 'queued' : 'sent'
}

/** The same key while a message is on its way and after it has arrived, so that its row is not drawn anew. */
export const rowKey = (conversationId: string, clientKey: string): string => `${conversationId}/${clientKey}`

/** One command of a customer may say several things, a form and a first message; one of an agent says one. */
const keyOf = (entry: Entry): string =>
  entry.author.type === 'agent' && entry.clientKey ? rowKey(entry.conversationId, entry.clientKey) : entry.id

/** Reading a date costs more than all else of a row, and rows are made anew with each message that arrives. */
const times = new WeakMap<Entry, { ms: number; day: number }>()
function timeOf(entry: Entry): { ms: number; day: number } {
  const known = times.get(entry)
  if (known) return known
  const ms = Date.parse(entry.at)
  const time = { ms, day: startOfDay(ms) }
  times.set(entry, time)
  return time
}

const authorKey = (entry: Entry): string =>
  `${entry.kind}/${'id' in entry.author ? entry.author.id : entry.author.type}`

function follows(before: Entry | undefined, entry: Entry): boolean {
  if (!before || authorKey(before) !== authorKey(entry)) return false
  const [earlier, later] = [timeOf(before), timeOf(entry)]
  return later.ms - earlier.ms < groupWithinMs && earlier.day === later.day
}

/** What an entry shows after the one before it; nothing where another entry or row tells of it. */
function rowsOf(entry: Exclude<Entry, ConsultEntry>, before: Entry | undefined): readonly Row[] {
  if (revises(entry) && entry.kind !== 'message.reacted') return none
  if (entry.kind === 'conversation.started' && !entry.body.splitFrom) return none
  // Somebody has looked after it, which its message shows.
  if (entry.kind === 'conversation.undelivered' && entry.body.problem === null) return none
  // The line of the transfer has said it.
  if (entry.kind === 'conversation.assigned' && entry.body.cause === 'transferred') return none
  const row = rowOf(entry, follows(before, entry))
  return startsDay(entry, before) ? [{ type: 'day', key: `d/${entry.id}`, at: entry.at }, row] : [row]
}

const none: readonly Row[] = []
const startsDay = (entry: Entry, before: Entry | undefined): boolean =>
  !before || timeOf(before).day !== timeOf(entry).day

function rowOf(entry: EventEntry | MessageEntry | EntryOf<'note.added' | 'whisper.added'>, grouped: boolean): Row {
  if (isMessage(entry)) {
    return { type: 'message', key: keyOf(entry), entry, grouped, delivery: troubleOf(entry) }
  }
  if (entry.kind === 'note.added') return { type: 'note', key: keyOf(entry), entry, grouped }
  if (entry.kind === 'whisper.added') return { type: 'whisper', key: keyOf(entry), entry, grouped }
  return { type: 'event', key: entry.id, entry }
}

/** Rows of thousands of entries are asked for with each that arrives: those that stand where they stood are the same. */
const made = new WeakMap<Entry, { before: Entry | undefined; rows: readonly Row[] }>()
function keptRows(entry: Exclude<Entry, ConsultEntry>, before: Entry | undefined): readonly Row[] {
  const held = made.get(entry)
  if (held && held.before === before) return held.rows
  const rows = rowsOf(entry, before)
  made.set(entry, { before, rows })
  return rows
}

function rowsOfSegment({ item, entries }: Segment, first: boolean): Row[] {
  const rows: Row[] = []
  const id = item.conversation.id
  // The separator stands at the conversation's beginning; a part read from the middle has none yet.
  if (entries[0]?.seq === 1 || !first) rows.push({ type: 'conversation', key: `c/${id}`, item })
  // What agents said among themselves stands together where it began; while it goes on, it has a place of its own below.
  const consults = new Map(consultsOf(entries).map((consult) => [consult.id, consult]))
  const going = new Set(item.conversation.consults.map((consult) => consult.id))
  let before: Entry | undefined
  for (const entry of entries) {
    if (isConsult(entry)) {
      const consult = consults.get(entry.body.consultId)
      if (!consult || going.has(consult.id)) continue
      if (startsDay(entry, before)) rows.push({ type: 'day', key: `d/${entry.id}`, at: entry.at })
      rows.push({ type: 'consult', key: `k/${consult.id}`, consult })
      consults.delete(entry.body.consultId)
      before = entry
    } else {
      const own = keptRows(entry, before)
      if (own.length === 0) continue
      for (const row of own) rows.push(row)
      before = entry
    }
  }
  return rows
}

/** A state is told once, under the last message that has it: "read" above, "sent" below. */
function tellOnce(rows: Row[], item: ConversationItem): Row[] {
  let told: Delivery | null = null
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at]
    // Trouble is each message's own, and its row has it.
    if (row?.type !== 'message' || row.entry.revision?.outgoing) continue
    const delivery = deliveryOf(row.entry, item)
    if (delivery === null || delivery === told) continue
    rows[at] = { ...row, delivery }
    told = delivery
  }
  return rows
}

/** Oldest segment first. Pending messages stand at the end until their entry has come. */
export function buildRows(segments: readonly Segment[], outbox: readonly OutboxItem[]): Row[] {
  const rows = segments.flatMap((segment, at) => tellOnce(rowsOfSegment(segment, at === 0), segment.item))
  const current = segments.at(-1)
  if (!current || outbox.length === 0) return rows
  const arrived = new Set(current.entries.map((entry) => entry.clientKey))
  const waiting = outbox.filter(
    (each) => each.conversationId === current.item.conversation.id && !arrived.has(each.clientKey),
  )
  return [
    ...rows,
    ...waiting.map((pending, at): Row => ({
      type: 'pending',
      key: rowKey(pending.conversationId, pending.clientKey),
      pending,
      grouped: at > 0 && waiting[at - 1]?.body.type === pending.body.type,
    })),
  ]
}
