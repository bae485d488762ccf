import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Phone, Simulator } from '@qiao/channels/simulators'
import { insist, paceMs, settled } from './storm-patience.ts'
import type { Place, StormSize } from './storm.ts'

/** So many answers to one message, where the channel allows as many. */
const answersAtOnce = 10
/** One call of so many meets trouble: after some, a provider is not called at all for ten seconds. */
const troubleEvery = 20
/** Every so many troubles. */
const expiryEvery = 25
const expiredMs = 300

export interface Reply {
  entryId: string
  customer: string
  text: string
}

/** Agents answer while the provider refuses, fails and falls silent, and while the server is killed. */
export async function agentsAnswer(place: Place, size: StormSize, customers: readonly string[]): Promise<Reply[]> {
  const { channel, simulator, server, staff } = place
  const allowed = Math.min(channel.capabilities.window?.message.messages ?? answersAtOnce, answersAtOnce)
  const each = Math.ceil(size.replies / customers.length)
  const conversations = await conversationsOf(place, customers)
  const replies: Reply[] = []
  const over = new AbortController()
  const trouble = async (): Promise<void> => {
    const kinds = [429, 500, 503, 'silence', 'silence-after'] as const
    // Of calls, not of seconds: where few are sent a second, each would meet trouble again and again.
    const quiet = Array.from({ length: troubleEvery - 1 }, () => 'none' as const)
    for (let turn = 0; !over.signal.aborted && turn < size.replies / troubleEvery;) {
      const kind = kinds[turn % kinds.length]
      if (kind && simulator.faults.next.length === 0) {
        simulator.faults.next.push(kind, ...quiet)
        turn += 1
        if (turn % expiryEvery === 0) await expire(simulator)
      }
      await sleep(20)
    }
    simulator.faults.next.length = 0
  }
  const answer = async (customer: string): Promise<void> => {
    const conversationId = conversations.get(customer)
    if (!conversationId) return
    for (let n = 0; n < each; n += 1) {
      if (n > 0 && n % allowed === 0) await writeAgain(place, simulator.phone(customer), conversationId)
      const text = `reply ${n} to ${customer}`
      const body = { clientKey: randomUUID(), content: { type: 'text', text } }
      const { entries } = await insist<{ entries: { id: string; kind: string }[] }>(
        staff,
        `/api/v1/conversations/${conversationId}/messages`,
        body,
      )
      // Who answers first takes the conversation too: that is an entry of its own.
      for (const { id: entryId, kind } of entries)
        if (kind === 'message.sent') replies.push({ entryId, customer, text })
    }
  }
  const kill = async (): Promise<void> => {
    if (size.kills === 0) return
    while (replies.length < size.replies / 2) await sleep(10)
    await server.kill('SIGKILL')
    await server.start()
  }
  const troubled = trouble()
  await Promise.all([kill(), ...customers.map(answer)])
  over.abort()
  await troubled
  await settled(() => waitingOf(place))
  return replies
}

/** Where we cannot ask for another, somebody puts it right. */
async function expire(simulator: Simulator): Promise<void> {
  simulator.expireToken?.()
  if (!simulator.expireToken || !simulator.renewToken) return
  await sleep(expiredMs)
  simulator.renewToken()
}

/** What failed for want of a token is sent again by its agent, after all else. */
export async function sendAgain(place: Place): Promise<ReadonlySet<string>> {
  const { staff, pool, inbox } = place
  const { rows } = await pool.query<{ entry_id: string; conversation_id: string }>(
    `select entry_id, conversation_id from deliveries
     where inbox_id = $1 and state = 'failed' and problem ->> 'code' = 'credentials-refused' order by entry_id`,
    [inbox.id],
  )
  for (const { entry_id: targetId, conversation_id: id } of rows)
    await insist(staff, `/api/v1/conversations/${id}/resend`, { clientKey: randomUUID(), targetId })
  await settled(() => waitingOf(place))
  return new Set(rows.map((row) => row.entry_id))
}

/** What was answered must be on its way before the customer's next message opens the window anew. */
async function writeAgain({ pool, inbox }: Place, phone: Phone, conversationId: string): Promise<void> {
  const count = async (): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int from entries where conversation_id = $1 and kind = 'message.received'`,
      [conversationId],
    )
    return rows[0]?.count ?? 0
  }
  await settled(async () => {
    const { rows } = await pool.query<{ count: number }>(
      `select count(*)::int from deliveries where conversation_id = $1 and inbox_id = $2 and state = 'waiting'`,
      [conversationId, inbox.id],
    )
    return rows[0]?.count ?? 0
  })
  const before = await count()
  // Within the second of an answer nobody can tell which of them was first, and the answer counts as the later one.
  await sleep(paceMs)
  await phone.say({ type: 'text', text: 'and another thing' })
  await settled(async () => Math.max(0, before + 1 - (await count())))
}

async function conversationsOf({ pool, inbox }: Place, customers: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ customer: string; id: string }>(
    `select distinct on (1) split_part(body #>> '{content,text}', ' ', 1) as customer, c.id
     from entries join conversations as c on c.id = conversation_id
     where c.inbox_id = $1 and kind = 'message.received' and body #>> '{content,type}' in ('text', 'mail')
     order by 1, c.created_at desc`,
    [inbox.id],
  )
  return new Map(rows.filter(({ customer }) => customers.includes(customer)).map(({ customer, id }) => [customer, id]))
}

async function waitingOf({ pool, inbox }: Place): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int from deliveries where inbox_id = $1 and state = 'waiting'`,
    [inbox.id],
  )
  return rows[0]?.count ?? 0
}
