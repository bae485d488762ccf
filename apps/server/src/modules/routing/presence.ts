import type pg from 'pg'
import { inTransaction } from '#conversations'
import type { Log } from '#platform/log'
import { createTurns } from '#platform/turns'
import { changeAgentWork, lockAgentWork } from './agent-work.ts'
import { forgetLostCustomers } from './customer-presence.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { deadAfterSeconds, type ServerNode } from './server-node.ts'
import { agentsMoved, routingMoved } from './topics.ts'
import type { Queryable } from './work-item-row.ts'

/** An offer that rings at somebody whose last device just went is not kept back from others for longer. */
const hurriedMs = 5_000

/**
 * Which agents are connected, on whatever device of whichever process, kept in the database: an elected router that
 * starts anew, or a process that dies, changes nothing about it. Changes of one agent follow each other.
 */
export function trackPresence(deps: Pick<RoutingDeps, 'pool' | 'bus' | 'clock' | 'log'>, node: ServerNode) {
  const { pool, bus, clock, log } = deps
  const sockets = new Map<string, string>()
  const turns = createTurns()

  function inTurn(agentId: string, work: () => Promise<boolean>): void {
    turns.take(agentId, async () => {
      try {
        if (!(await work())) return
        bus.publish(agentsMoved, { agentIds: [agentId] })
        bus.publish(routingMoved, {})
      } catch (error) {
        // The next beat says again what this one could not.
        log.warn({ err: error }, 'presence was not kept')
      }
    })
  }
  node.onBeat(async () => {
    const given = [...sockets]
    const { rows } = await pool.query<{ agent_id: string }>(
      `insert into agent_sockets (id, agent_id, node_id, connected_at)
       select socket.id, socket.agent_id, node.id, $4
       from server_nodes as node, unnest($2::text[], $3::uuid[]) as socket (id, agent_id) where node.id = $1
       on conflict (id) do nothing returning agent_id`,
      [node.id, given.map(([id]) => id), given.map(([, agentId]) => agentId), clock.now()],
    )
    // Found missing: this process was believed dead, or could not say so before.
    for (const { agent_id: agentId } of rows) inTurn(agentId, () => settlePresence(pool, agentId, clock.now()))
  })

  return {
    connected(socketId: string, agentId: string): void {
      sockets.set(socketId, agentId)
      inTurn(agentId, async () => {
        if (!sockets.has(socketId)) return false
        const { rowCount } = await pool.query(
          `insert into agent_sockets (id, agent_id, node_id, connected_at)
           select $2, $3, id, $4 from server_nodes where id = $1 on conflict (id) do nothing`,
          [node.id, socketId, agentId, clock.now()],
        )
        if (rowCount === 0) await node.beat()
        return settlePresence(pool, agentId, clock.now())
      })
    },
    disconnected(socketId: string, agentId: string): void {
      sockets.delete(socketId)
      inTurn(agentId, async () => {
        await pool.query('delete from agent_sockets where id = $1', [socketId])
        return settlePresence(pool, agentId, clock.now())
      })
    },
    /** Tells that all sockets of this process are gone; with the database away the others find out by themselves. */
    async stop(): Promise<void> {
      await turns.settled()
      await leave().catch((error: unknown) => log.debug({ err: error }, 'no leave was taken'))
    },
  }

  async function leave(): Promise<void> {
    const { rows } = await pool.query<{ agent_id: string }>(
      `with gone as (delete from agent_sockets where node_id = $1 returning agent_id)
       select distinct agent_id from gone`,
      [node.id],
    )
    for (const { agent_id: agentId } of rows) await settlePresence(pool, agentId, clock.now())
    if (rows.length > 0) bus.publish(routingMoved, {})
  }
}

/** Makes an agent's presence agree with their sockets; true when it changed. */
export async function settlePresence(pool: pg.Pool, agentId: string, now: Date): Promise<boolean> {
  const { changed, present } = await inTransaction(pool, async (client) => {
    const before = await lockAgentWork(client, agentId, now)
    const { rows } = await client.query<{ there: boolean }>(
      'select exists (select from agent_sockets where agent_id = $1) as there',
      [agentId],
    )
    const there = rows[0]?.there ?? false
    const cause = there ? 'connected' : 'disconnected'
    return { present: there, changed: await changeAgentWork(client, before, { present: there, cause }, now) }
  })
  // Not in the same transaction: whoever ends an offer locks it before its agent.
  if (changed) await (present ? ringOn : hurryOffers)(pool, agentId, now)
  return changed
}

const hurryOffers = (client: Queryable, agentId: string, now: Date) =>
  client.query(
    `update offers set rings_until = coalesce(rings_until, expires_at), expires_at = least(expires_at, $2)
     where agent_id = $1 and ended_at is null`,
    [agentId, new Date(now.getTime() + hurriedMs)],
  )

/** Whoever only loaded the page again has the time that they had. */
const ringOn = (client: Queryable, agentId: string, now: Date) =>
  client.query(
    `update offers set expires_at = rings_until, rings_until = null
     where agent_id = $1 and ended_at is null and rings_until > $2`,
    [agentId, now],
  )

/** Run by the elected router: forgets dead processes, and whoever was connected through them alone. */
export async function forgetDeadNodes(deps: Pick<RoutingDeps, 'pool' | 'clock' | 'bus'> & { log: Log }): Promise<void> {
  const { pool, clock, bus, log } = deps
  const { rows } = await pool.query<{ id: string }>(
    'delete from server_nodes where seen_at < now() - make_interval(secs => $1) returning id',
    [deadAfterSeconds],
  )
  if (rows.length > 0) log.info({ nodes: rows.map(({ id }) => id) }, 'processes are gone, and their sockets')
  const { rows: gone } = await pool.query<{ agent_id: string }>(
    `select agent_id from agent_work where present
       and not exists (select from agent_sockets where agent_sockets.agent_id = agent_work.agent_id)`,
  )
  const moved: string[] = []
  for (const { agent_id: agentId } of gone) if (await settlePresence(pool, agentId, clock.now())) moved.push(agentId)
  if (moved.length > 0) bus.publish(agentsMoved, { agentIds: moved })
  await forgetLostCustomers(deps)
}
