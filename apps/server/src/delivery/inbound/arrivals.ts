import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import { note } from './note-entry.ts'
import { latestConversation } from './provider-messages.ts'
import type { KnownPeer } from './resolve-peer.ts'

interface Arrival {
  act: string
  words: string
  parameter: string
  key: string
}

/** Somebody came by a link or a code and has not written yet: kept until there is a conversation to tell it in. */
export async function keepArrival(
  { db, pool }: ChannelDeps,
  { identityId }: KnownPeer,
  arrival: Arrival,
): Promise<void> {
  if (await latestConversation(pool, identityId)) return
  const { act, words, parameter, key } = arrival
  await sql`
    insert into arrivals (identity_id, act, words, parameter, event_key)
    values (${identityId}, ${act}, ${words}, ${parameter}, ${key})
    on conflict (identity_id) do update set act = ${act}, words = ${words}, parameter = ${parameter}, event_key = ${key}`.execute(
    db,
  )
}

export async function tellArrival(deps: ChannelDeps, peer: KnownPeer): Promise<void> {
  const { rows } = await sql<Arrival>`
    select act, words, parameter, event_key as key from arrivals where identity_id = ${peer.identityId}`.execute(
    deps.db,
  )
  const [arrival] = rows
  if (!arrival) return
  const { act, words, parameter, key } = arrival
  await note(deps, peer, { key }, { kind: 'contact.acted', body: { act, words, parameter } })
  await sql`delete from arrivals where identity_id = ${peer.identityId} and event_key = ${key}`.execute(deps.db)
}
