import type { Entry, EntryOf, MessageEntry } from '@qiao/protocol/entries'
import { isLater } from '@qiao/protocol/later-work'
import { isMessage } from '@qiao/protocol/message'
import type { QueueOutcome } from '@qiao/protocol/work'
import { isApart } from './apart.ts'
import type { OutboxItem } from './outbox.ts'

/** What a thread shows, from top to bottom. */
export type Row =
  | { type: 'day'; key: string; at: string }
  | { type: 'message'; key: string; entry: MessageEntry; mine: boolean; first: boolean; last: boolean }
  | { type: 'waiting'; key: string; item: OutboxItem; first: boolean; last: boolean }
  | { type: 'event'; key: string; entry: EventEntry }
  | { type: 'apart'; key: string }
  | { type: 'survey'; key: string; entry: EntryOf<'survey.requested'> }

export type EventEntry = EntryOf<
  | 'conversation.assigned'
  | 'conversation.queued'
  | 'conversation.queue-left'
  | 'participant.joined'
  | 'participant.left'
  | 'conversation.closed'
  | 'conversation.reopened'
  | 'conversation.silence-warned'
>

/** Ends of a wait that the visitor is told of. All others are told by what follows: an agent, or another queue. */
const toldOutcomes: ReadonlySet<QueueOutcome> = new Set<QueueOutcome>([
  'left',
  'abandoned',
  'message',
  'callback',
  'closed',
])

const tellsEnd = (entry: Entry): boolean =>
  entry.kind === 'conversation.queue-left' && toldOutcomes.has(entry.body.outcome)

const groupMs = 5 * 60_000
const dayOf = (at: string): string => new Date(at).toDateString()

function speaker(entry: Entry): string {
  return entry.author.type + ('id' in entry.author ? entry.author.id : '')
}

const together = (a: Entry, b: Entry): boolean =>
  speaker(a) === speaker(b) && Date.parse(b.at) - Date.parse(a.at) < groupMs && dayOf(a.at) === dayOf(b.at)

interface Around {
  before: Entry | undefined
  after: Entry | undefined
  lastSurvey: number
  /** Was with an agent, or waited no longer, since it was opened. */
  again: boolean
}

/** The server's own words, such as that a message has arrived: they say what a line would. */
const isNotice = (entry: Entry | undefined): boolean =>
  entry?.kind === 'message.sent' && entry.body.notice === true && !isApart(entry)

/** A wait at the beginning shows itself; a later one, and words that wait for later, are told once. */
function isNews({ body }: EntryOf<'conversation.queued'>, { before, after, again }: Around): boolean {
  if (!isLater(body.channel)) return again
  if (isNotice(before) || isNotice(after)) return false
  return after?.kind !== 'conversation.queue-left' && !(before && tellsEnd(before) && !isClosed(before))
}

const isClosed = (entry: Entry): boolean => entry.kind === 'conversation.queue-left' && entry.body.outcome === 'closed'

/** Of a queue that is closed tell the company's own words, or the message that waits for later, if there are any. */
const saysItself = (after: Entry | undefined): boolean =>
  after?.kind === 'conversation.queued' || (after?.kind === 'message.sent' && after.author.type === 'system')

function rowOf(entry: Entry, around: Around): Row | null {
  const { before, after, lastSurvey } = around
  if (isMessage(entry)) {
    // That the company answered is news; what came back from there is between the two.
    if (isApart(entry))
      return entry.kind === 'message.sent' && !entry.body.notice ? { type: 'apart', key: entry.id } : null
    const first = !before || !isMessage(before) || !together(before, entry)
    const last = !after || !isMessage(after) || !together(entry, after)
    return { type: 'message', key: entry.id, entry, mine: entry.kind === 'message.received', first, last }
  }
  switch (entry.kind) {
    case 'conversation.assigned':
      return entry.body.agentId ? { type: 'event', key: entry.id, entry } : null
    case 'conversation.queue-left':
      if (!tellsEnd(entry) || (isClosed(entry) && saysItself(after))) return null
      return { type: 'event', key: entry.id, entry }
    case 'conversation.queued':
      return isNews(entry, around) ? { type: 'event', key: entry.id, entry } : null
    case 'conversation.closed':
      // Who leaves the queue ends the chat: one line says both.
      return before?.kind === 'conversation.queue-left' ? null : { type: 'event', key: entry.id, entry }
    case 'participant.joined':
    case 'participant.left':
    case 'conversation.reopened':
    case 'conversation.silence-warned':
      return { type: 'event', key: entry.id, entry }
    case 'survey.requested':
      return entry.seq === lastSurvey ? { type: 'survey', key: entry.id, entry } : null
    default:
      return null
  }
}

/** What they say stands on the message that they speak of. */
const shownOnMessages: ReadonlySet<Entry['kind']> = new Set<Entry['kind']>([
  'message.edited',
  'message.recalled',
  'message.reacted',
])

export function toRows(entries: readonly Entry[], waiting: readonly OutboxItem[]): Row[] {
  const rows: Row[] = []
  const shown = entries.filter(({ kind }) => !shownOnMessages.has(kind))
  const keys = new Set(entries.map((entry) => entry.clientKey))
  const lastSurvey = entries.findLast?.((entry) => entry.kind === 'survey.requested')?.seq ?? 0
  let day = ''
  const separate = (at: string): void => {
    if (dayOf(at) === day) return
    day = dayOf(at)
    rows.push({ type: 'day', key: `day ${at}`, at })
  }
  let again = false
  shown.forEach((entry, at) => {
    const row = rowOf(entry, { before: shown[at - 1], after: shown[at + 1], lastSurvey, again })
    if (entry.kind === 'conversation.assigned' || tellsEnd(entry)) again = true
    if (entry.kind === 'conversation.closed') again = false
    if (!row) return
    separate(entry.at)
    rows.push(row)
  })
  const left = waiting.filter((item) => !keys.has(item.clientKey))
  left.forEach((item, at) => {
    separate(item.at)
    rows.push({ type: 'waiting', key: item.clientKey, item, first: at === 0, last: at === left.length - 1 })
  })
  return rows
}
