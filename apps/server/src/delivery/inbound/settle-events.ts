import type pg from 'pg'
import { isDatabaseDown } from '#platform/errors'
import type { KnownMessage } from './provider-messages.ts'

/** A provider's message and what it is here; `ours`: we or a colleague sent it. */
export type NamedMessage = KnownMessage & { messageId: string; ours: boolean }

export interface Outcome {
  eventId: number
  state: 'done' | 'failed' | 'unknown'
  reason: string | null
  /** Messages that the event brought. */
  named: readonly NamedMessage[]
}

/**
 * What follows an entry that is durable already. Lost in a crash, both are lost, and the event is worked off again to the
 * same end: so nobody waits for the disk.
 */
const settleText = `
with lazily as materialized (select set_config('synchronous_commit', 'off', true)),
named as (
  insert into channel_messages (identity_id, message_id, conversation_id, entry_id, public_seq, ours)
  select identity_id, message_id, conversation_id, entry_id, public_seq, ours from lazily, json_to_recordset($1) as message
    (identity_id uuid, message_id text, conversation_id uuid, entry_id uuid, public_seq int, ours boolean)
  on conflict do nothing)
update channel_events set state = outcome.state, reason = outcome.reason, retry_at = null
from lazily, unnest($2::bigint[], $3::text[], $4::text[]) as outcome (id, state, reason)
where channel_events.id = outcome.id`

interface Waiting {
  outcome: Outcome
  settled: () => void
  failed: (error: unknown) => void
}

/** Writes down what became of events. What ends while a statement is under way goes together into the next one. */
export function createSettler(pool: pg.Pool): { settle(outcome: Outcome): Promise<void> } {
  let waiting: Waiting[] = []
  let busy = false

  async function write(outcomes: readonly Outcome[]): Promise<void> {
    const named = outcomes.flatMap((outcome) => outcome.named)
    await pool.query({
      name: 'settle-channel-events',
      text: settleText,
      values: [
        JSON.stringify(
          named.map((message) => ({
            identity_id: message.identityId,
            message_id: message.messageId,
            conversation_id: message.conversationId,
            entry_id: message.entryId,
            public_seq: message.publicSeq,
            ours: message.ours,
          })),
        ),
        outcomes.map(({ eventId }) => eventId),
        outcomes.map(({ state }) => state),
        outcomes.map(({ reason }) => reason?.slice(0, 500) ?? null),
      ],
    })
  }
  /** A row that cannot be written (its conversation was deleted meanwhile) must not fail its neighbours. */
  async function writeAll(together: readonly Waiting[]): Promise<void> {
    try {
      await write(together.map(({ outcome }) => outcome))
      for (const { settled } of together) settled()
    } catch (error) {
      if (together.length === 1 || isDatabaseDown(error)) for (const { failed } of together) failed(error)
      else for (const one of together) await writeAll([one])
    }
  }
  async function flush(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const together = waiting
      waiting = []
      await writeAll(together)
    }
    busy = false
  }
  return {
    settle: (outcome) =>
      new Promise((settled, failed) => {
        waiting.push({ outcome, settled, failed })
        if (!busy) void flush()
      }),
  }
}
