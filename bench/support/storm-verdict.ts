import type { Simulator } from '@qiao/channels/simulators'
import type { Pool } from 'pg'
import type { Reply } from './storm-replies.ts'
import type { StormResult } from './storm.ts'

/** Words, or `picture`. */
export type Said = string

/** What each customer said must be there once, in their order, and each picture whole. */
export async function arrivedWrongly(
  pool: Pool,
  inboxId: string,
  said: ReadonlyMap<string, readonly Said[]>,
  { pictureBytes, ordered }: { pictureBytes: number; ordered: boolean },
): Promise<string[]> {
  const { rows } = await pool.query<{ contact_id: string; said: Said; bytes: number | null }>(
    `select c.contact_id, case when body #>> '{content,type}' in ('text', 'mail') then body #>> '{content,text}'
         when body #>> '{content,type}' = 'image' then 'picture' else body ->> 'content' end as said,
       (body #>> '{content,attachment,bytes}')::int as bytes
     from conversations as c join entries on entries.conversation_id = c.id
     where c.inbox_id = $1 and kind = 'message.received' order by c.created_at, c.id, seq`,
    [inboxId],
  )
  // Letters that others hand over come when they come.
  const inOrder = (words: readonly Said[]): readonly Said[] => (ordered ? words : words.toSorted())
  const faults: string[] = []
  const stored = Map.groupBy(rows, ({ contact_id: contactId }) => contactId)
  const byCustomer = new Map(
    [...stored.values()].map((words) => [words.find((one) => one.said !== 'picture')?.said.split(' ')[0] ?? '', words]),
  )
  if (stored.size !== said.size) faults.push(`${said.size} customers wrote, ${stored.size} are known`)
  for (const [customer, words] of said) {
    const found = inOrder((byCustomer.get(customer) ?? []).map((one) => one.said))
    const wrong = inOrder(words).findIndex((word, at) => found[at] !== word)
    if (wrong >= 0 || found.length !== words.length) {
      faults.push(
        `${customer}: ${words.length} said, ${found.length} stored; at ${wrong} “${words[wrong]}” is “${found[wrong]}”`,
      )
    }
  }
  const broken = rows.filter((one) => one.said === 'picture' && one.bytes !== pictureBytes)
  if (broken.length > 0) faults.push(`${broken.length} pictures are not whole`)
  const { rows: dead } = await pool.query<{ state: string; reason: string | null; count: number }>(
    `select state, reason, count(*)::int from channel_events where inbox_id = $1 and state in ('failed', 'unknown') group by 1, 2`,
    [inboxId],
  )
  for (const { state, reason, count } of dead) faults.push(`${count} events are ${state}: ${reason}`)
  return faults
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
): Promise<Omit<StormResult, 'received' | 'seconds'>> {
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
