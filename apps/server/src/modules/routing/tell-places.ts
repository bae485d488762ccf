import { callback, fillIn, leftMessage, type Queue, type QueuePlace, type WaitRange } from '@qiao/protocol'
import { announced, type QueueMeasured, type Standing, standings, type WaitRange as Estimated } from '@qiao/routing'
import { setImmediate as breathe } from 'node:timers/promises'
import type pg from 'pg'
import { readMeasured } from './read-measured.ts'
import { wordsFor } from './queue-words.ts'
import type { PlaceTold, WaitNow } from './topics.ts'
import type { WorkItemRow } from './work-item-row.ts'
import type { WorkingState } from './working-state.ts'

const measureEveryMs = 30_000
/** A few milliseconds of work. */
const toldAtOnce = 200

/** Rounded as it is said to people. */
export function toWaitRange(range: Estimated | null): WaitRange | null {
  if (!range) return null
  const { fromMinutes, toMinutes } = announced(range)
  return { lowSeconds: fromMinutes * 60, highSeconds: toMinutes * 60 }
}

function placeOf(item: WorkItemRow, queue: Queue, position: number, wait: WaitRange | null, now: Date): QueuePlace {
  const { alternatives } = queue.settings
  // The queue's words are for those who stay.
  const called = item.channel === callback
  const waitedSeconds = (now.getTime() - item.entered_at.getTime()) / 1000
  const long = waitedSeconds >= alternatives.afterSeconds || (wait?.highSeconds ?? 0) > alternatives.afterSeconds
  const words = wordsFor(queue, item.language)
  const wanted = (long ? words.long : undefined) ?? words.queued
  // Words about a wait that nobody can honestly name give way to the built-in ones.
  const text = wait === null && wanted?.includes('{wait}') ? undefined : wanted
  const values = {
    position: String(position),
    ...(wait ? { wait: `${Math.round(wait.lowSeconds / 60)}–${Math.round(wait.highSeconds / 60)}` } : {}),
  }
  return {
    conversationId: item.conversation_id,
    position,
    wait,
    since: item.created_at.toISOString(),
    callback: called,
    alternatives: long && !called ? (['message', 'callback'] as const).filter((kind) => alternatives[kind]) : [],
    text: text && !called ? fillIn(text, values) : null,
  }
}

/** What customers in queues are told. Says only what is new since the last time. */
export function createPlaces(pool: pg.Pool, state: WorkingState) {
  const told = new Map<string, { text: string; said: PlaceTold }>()
  /** By conversation: the stay and its wait as it was foreseen last, more exact than what is told of it. */
  const foreseen = new Map<string, { itemId: string; seconds: number | null }>()
  const people = new Map<string, { contactId: string; inboxId: string }>()
  let measured: ReadonlyMap<string, QueueMeasured> = new Map()
  let measuredAt = -Infinity

  /** Stays whose first range is kept. */
  const firstTold = new Set<string>()
  async function keepFirst(said: readonly { itemId: string; wait: WaitRange | null }[], now: Date): Promise<void> {
    const fresh = said.flatMap(({ itemId, wait }) => (wait && !firstTold.has(itemId) ? [{ itemId, ...wait }] : []))
    if (fresh.length === 0) return
    // Another router may have told it before this one.
    await pool.query(
      `update work_items set told_at = $4, told_low_seconds = low, told_high_seconds = high
       from unnest($1::uuid[], $2::int[], $3::int[]) as told (item_id, low, high) where id = item_id and told_at is null`,
      [
        fresh.map(({ itemId }) => itemId),
        fresh.map(({ lowSeconds }) => lowSeconds),
        fresh.map(({ highSeconds }) => highSeconds),
        now,
      ],
    )
    for (const { itemId } of fresh) firstTold.add(itemId)
    for (const itemId of firstTold) if (!state.items.has(itemId)) firstTold.delete(itemId)
  }

  async function meet(items: readonly WorkItemRow[]): Promise<void> {
    const strangers = items.flatMap(({ conversation_id: id }) => (people.has(id) ? [] : [id]))
    if (strangers.length === 0) return
    const { rows } = await pool.query<{ id: string; contact_id: string; inbox_id: string }>(
      'select id, contact_id, inbox_id from conversations where id = any($1::uuid[])',
      [strangers],
    )
    for (const row of rows) people.set(row.id, { contactId: row.contact_id, inboxId: row.inbox_id })
  }

  return {
    measured: () => measured,
    /**
     * Tells the places of these queues' customers as they are now to those who were told something else before. Of thousands
     * some at a time, so that nothing else in this process waits for it.
     */
    async news(queueIds: Iterable<string>, now: Date, tell: (told: readonly PlaceTold[]) => void): Promise<void> {
      if (now.getTime() - measuredAt > measureEveryMs) {
        measuredAt = now.getTime()
        measured = await readMeasured(pool, now)
      }
      const live = [...state.items.values()].filter(
        ({ state: is, channel, purpose }) =>
          (is === 'waiting' || is === 'offered') && purpose === 'serve' && channel !== leftMessage,
      )
      await meet(live)
      for (const queueId of new Set(queueIds)) {
        const queue = state.queues.get(queueId)
        const here = live.filter((item) => item.queue_id === queueId)
        if (!queue || here.length === 0) continue
        const standing = standings(state.router, measured, now.getTime(), queueId)
        for (let from = 0; from < here.length; from += toldAtOnce) {
          await breathe()
          const said = here.slice(from, from + toldAtOnce).flatMap((item) => {
            // Whoever is not as they were just now is among the next news.
            const one = state.items.get(item.id) === item ? say(item, queue, standing.get(item.id), now) : null
            return one && remember(one) ? [{ one, range: { itemId: item.id, wait: one.place?.wait ?? null } }] : []
          })
          if (said.length === 0) continue
          await keepFirst(
            said.map(({ range }) => range),
            now,
          )
          tell(said.map(({ one }) => one))
        }
      }
      const waiting = new Set(live.map((item) => item.conversation_id))
      const gone = [...told.values()].flatMap(({ said }) => (waiting.has(said.conversationId) ? [] : [said]))
      for (const { conversationId } of gone) {
        told.delete(conversationId)
        foreseen.delete(conversationId)
        people.delete(conversationId)
      }
      if (gone.length > 0) tell(gone.map((said) => ({ ...said, place: null, connecting: false, connectingText: null })))
    },
    /** An anonymous customer turned out to be somebody: what is said goes there from now on. */
    identified(conversationId: string, contactId: string): void {
      const person = people.get(conversationId)
      if (person) people.set(conversationId, { ...person, contactId })
      const last = told.get(conversationId)
      if (last) told.set(conversationId, { ...last, said: { ...last.said, contactId } })
    },
    /** Everybody who waits for their turn, as they stand now. */
    waits: (): WaitNow[] => [...told.values()].flatMap(({ said }) => waitOf(said) ?? []),
    /** Said again to somebody who came back. */
    again: (contactId: string): PlaceTold[] =>
      [...told.values()].flatMap(({ said }) => (said.contactId === contactId ? [said] : [])),
  }

  function say(item: WorkItemRow, queue: Queue, known: Standing | undefined, now: Date): PlaceTold | null {
    const person = people.get(item.conversation_id)
    if (!person) return null
    foreseen.set(item.conversation_id, { itemId: item.id, seconds: known?.wait?.highSeconds ?? null })
    return {
      conversationId: item.conversation_id,
      ...person,
      place: known
        ? placeOf(item, queue, known.place, toWaitRange(known.wait), now)
        : placeOf(item, queue, 1, null, now),
      connecting: item.state === 'offered' && item.channel !== callback,
      connectingText: wordsFor(queue, item.language).connecting ?? null,
    }
  }

  function waitOf({ conversationId, place }: PlaceTold): WaitNow | null {
    const known = foreseen.get(conversationId)
    const item = known && state.items.get(known.itemId)
    const queue = item?.queue_id ? state.queues.get(item.queue_id) : undefined
    if (!item || !queue || !place || (item.state !== 'waiting' && item.state !== 'offered')) return null
    const { id: itemId, channel, entered_at: enteredAt } = item
    const connecting = item.state === 'offered'
    const foreseenSeconds = known?.seconds ?? null
    return { itemId, conversationId, channel, queue, place, connecting, enteredAt, foreseenSeconds }
  }

  function remember(said: PlaceTold): boolean {
    const text = JSON.stringify([said.place, said.connecting])
    if (told.get(said.conversationId)?.text === text) return false
    told.set(said.conversationId, { text, said })
    return true
  }
}
