import { sql } from 'kysely'
import type { ChannelDeps } from '../channel-deps.ts'
import { note } from './note-entry.ts'
import { latestConversation } from './provider-messages.ts'
import type { KnownPeer } from './resolve-peer.ts'

interface Arrival {
  /** Names the event. */
  key: string
  act: string
  words: string
  parameter: string
}

/** Somebody who presses whatever there is and never writes leaves no more than this. */
const most = 10

/**
 * Somebody came by a link or a code, or pressed something, and has not written yet: kept until there is a conversation to
 * tell it in.
 */
export async function keepArrival(
  { db, pool, clock }: ChannelDeps,
  { identityId }: KnownPeer,
  arrival: Arrival,
): Promise<void> {
  if (await latestConversation(pool, identityId)) return
  const { key, act, words, parameter } = arrival
  await sql`
    insert into arrivals (identity_id, event_key, act, words, parameter, at)
    values (${identityId}, ${key}, ${act}, ${words}, ${parameter}, ${clock.now()}) on conflict do nothing`.execute(db)
  await sql`
    delete from arrivals where identity_id = ${identityId} and event_key in (
      select event_key from arrivals where identity_id = ${identityId} order by at desc, event_key offset ${most})`.execute(
    db,
  )
}

export async function tellArrivals(deps: ChannelDeps, peer: KnownPeer): Promise<void> {
  const { rows } = await sql<Arrival>`
    select event_key as key, act, words, parameter from arrivals
    where identity_id = ${peer.identityId} order by at, event_key`.execute(deps.db)
  for (const { key, act, words, parameter } of rows) {
    await note(deps, peer, { key }, { kind: 'contact.acted', body: { act, words, parameter } })
    await sql`delete from arrivals where identity_id = ${peer.identityId} and event_key = ${key}`.execute(deps.db)
  }
}
