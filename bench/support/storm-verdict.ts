import { createHash } from 'node:crypto'
import type { Simulator } from '@qiao/channels/simulators'
import type { Pool } from 'pg'
import type { Reply } from './storm-replies.ts'
import type { StormResult } from './storm.ts'

/** Words, or `picture`. */
export type Said = string

interface Arrived {
  faults: string[]
  /** Messages that came so late that later ones had to go first. */
  late: number
}
interface Rules {
  picture: Buffer
  /** `untold`: by the provider, so that they stand as they came. `none`: letters that others hand over come when they come. */
  order: 'told' | 'untold' | 'none'
  /** So long what came out of turn is waited for. */
  settleMs: number
  /** By which the provider names a customer. */
  addressOf: (customer: string) => string
}

/** What each customer said must be there once, in their order, and each picture whole. */
export async function arrivedWrongly(
  pool: Pool,
  inboxId: string,
  said: ReadonlyMap<string, readonly Said[]>,
  { picture, order, settleMs, addressOf }: Rules,
): Promise<Arrived> {
  const { rows } = await pool.query<{ contact_id: string; said: Said; sha256: Buffer | null; came: string | null }>(
    `select c.contact_id, (select event.id from channel_messages as named join channel_events as event
         on event.inbox_id = c.inbox_id and event.event_id = named.message_id where named.entry_id = entries.id limit 1) as came, case when body #>> '{content,type}' in ('text', 'mail') then body #>> '{content,text}'
         when body #>> '{content,type}' = 'image' then 'picture' else body ->> 'content' end as said, sha256
     from conversations as c join entries on entries.conversation_id = c.id
     left join attachments on attachments.id = (body #>> '{content,attachment,id}')::uuid
     where c.inbox_id = $1 and entries.kind = 'message.received' order by c.created_at, c.id, seq`,
    [inboxId],
  )
  const inOrder = (words: readonly Said[]): readonly Said[] => (order === 'told' ? words : words.toSorted())
  const arrivals = await arrivalsOf(pool, inboxId)
  const faults: string[] = []
  let late = 0
  const stored = Map.groupBy(rows, ({ contact_id: contactId }) => contactId)
  const byCustomer = new Map(
    [...stored.values()].map((words) => [words.find((one) => one.said !== 'picture')?.said.split(' ')[0] ?? '', words]),
  )
  if (stored.size !== said.size) faults.push(`${said.size} customers wrote, ${stored.size} are known`)
  for (const [customer, words] of said) {
    const own = byCustomer.get(customer) ?? []
    if (order === 'untold' && own.some(({ came }, at) => Number(came) <= Number(own[at - 1]?.came ?? 0)))
      faults.push(`${customer}: what came later stands before what came first`)
    const found = inOrder(own.map((one) => one.said))
    const wrong = inOrder(words).findIndex((word, at) => found[at] !== word)
    if (wrong < 0 && found.length === words.length) continue
    const at = arrivals.get(addressOf(customer)) ?? []
    const tooLate = order === 'told' ? lateOnes(words, found, at, settleMs) : null
    late += tooLate ?? 0
    if (tooLate === null) {
      const began = at[Math.max(0, wrong - 1)] ?? 0
      const around = at.slice(Math.max(0, wrong - 1), wrong + 5).map((arrived) => arrived - began)
      faults.push(
        `${customer}: ${words.length} said, ${found.length} stored; at ${wrong} “${words[wrong]}” is “${found[wrong]}”; those around it came at ${around.join(', ')} ms`,
      )
    }
  }
  const whole = createHash('sha256').update(picture).digest()
  const broken = rows.filter((one) => one.said === 'picture' && !one.sha256?.equals(whole))
  if (broken.length > 0) faults.push(`${broken.length} pictures are not whole`)
  const { rows: dead } = await pool.query<{ state: string; reason: string | null; count: number }>(
    `select state, reason, count(*)::int from channel_events where inbox_id = $1 and state in ('failed', 'unknown') group by 1, 2`,
    [inboxId],
  )
  for (const { state, reason, count } of dead) faults.push(`${count} events are ${state}: ${reason}`)
  return { faults, late }
}

/** When what a customer said first reached us, in milliseconds and in the provider's order. */
async function arrivalsOf(pool: Pool, inboxId: string): Promise<Map<string, number[]>> {
  const { rows } = await pool.query<{ order_key: string; received_at: Date }>(
    'select order_key, received_at from channel_events where inbox_id = $1 order by position, id',
    [inboxId],
  )
  return new Map(
    [...Map.groupBy(rows, (row) => row.order_key)].map(([key, events]) => [
      key,
      events.map((event) => event.received_at.getTime()),
    ]),
  )
}

/**
 * How many are behind later ones because they reached us after those were waited for; null when anything is missing, there
 * twice, or out of turn without that. Nobody can put first what comes seconds later.
 */
function lateOnes(
  words: readonly Said[],
  found: readonly Said[],
  arrivals: readonly number[],
  settleMs: number,
): number | null {
  if (arrivals.length !== words.length || words.toSorted().join('|') !== found.toSorted().join('|')) return null
  const places = new Map<Said, number[]>()
  for (const [at, word] of words.entries()) places.set(word, [...(places.get(word) ?? []), at])
  const turns = found.map((word) => places.get(word)?.shift() ?? -1)
  const arrivedAt = (turn: number): number => arrivals[turn] ?? Number.NaN
  const late = new Set<number>()
  for (const [at, turn] of turns.entries())
    for (const before of turns.slice(0, at)) {
      if (before < turn) continue
      if (!(arrivedAt(turn) > arrivedAt(before) + settleMs)) return null
      late.add(turn)
    }
  return late.size
}

/** Within what surrounds it on this channel. */
const replyIn = (text: string): string => /reply \d+ to \w+/.exec(text)?.[0] ?? text

/**
 * Each reply is shown once, or its agent was told that nobody knows; what is shown is in the order in which it was
 * written, but for what was sent `again`.
 */
export async function sentWrongly(
  pool: Pool,
  inboxId: string,
  replies: readonly Reply[],
  again: ReadonlySet<string>,
  simulator: Simulator,
): Promise<Omit<StormResult, 'received' | 'late' | 'seconds'>> {
  const { rows } = await pool.query<{ entry_id: string; state: string; problem: unknown }>(
    'select entry_id, state, problem from deliveries where inbox_id = $1',
    [inboxId],
  )
  const states = new Map(rows.map((row) => [row.entry_id, row]))
  const stateOf = ({ entryId }: Reply): string => states.get(entryId)?.state ?? 'without a delivery'
  const faults: string[] = []
  for (const [customer, written] of Map.groupBy(replies, (reply) => reply.customer)) {
    const shown = simulator
      .phone(customer)
      .screen.filter(({ mine }) => !mine)
      .map(({ text }) => replyIn(text))
    const inTurn = written.filter(({ entryId }) => !again.has(entryId)).map(({ text }) => text)
    const places = shown
      .filter((text) => !written.some((reply) => reply.text === text && again.has(reply.entryId)))
      .map((text) => inTurn.indexOf(text))
    if (new Set(shown).size !== shown.length) faults.push(`${customer} sees a reply twice`)
    if (places.some((place, at) => at > 0 && place <= (places[at - 1] ?? -1)))
      faults.push(`${customer} sees replies out of order: ${places.join(' ')}`)
    for (const reply of written) {
      const { text, entryId } = reply
      const [state, isShown] = [stateOf(reply), shown.includes(text)]
      if (state !== 'done' && state !== 'unknown')
        faults.push(`“${text}” is ${state}: ${JSON.stringify(states.get(entryId)?.problem)}`)
      else if (state === 'done' && !isShown) faults.push(`“${text}” was not shown`)
    }
  }
  const refused = simulator.refusals.filter((code) =>
    /window|quota|out of|exceed|45015|45047|95001|95002|131047/i.test(code),
  )
  if (refused.length > 0)
    faults.push(`the provider refused for its window or quota: ${[...new Set(refused)].join(', ')}`)
  const count = (state: string): number => replies.filter((reply) => stateOf(reply) === state).length
  return { faults, sent: count('done'), unknown: count('unknown'), failed: count('failed') }
}
