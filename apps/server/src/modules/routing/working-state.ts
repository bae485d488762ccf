import type { Queue } from '@qiao/protocol'
import { createRouter, type HeldWork, type Router } from '@qiao/routing'
import type pg from 'pg'
import { nextDue } from './end-due.ts'
import { type LoadedAgent, loadAgents } from './load-agents.ts'
import { toQueue } from './queue-row.ts'
import { readMembersByTeam, toRoutedQueue, toWaiting } from './to-routing.ts'
import type { WorkItemRow } from './work-item-row.ts'

/**
 * The elected router's picture of the world. The rows are the truth: it is read from them at the start, and again
 * whatever changed since, whoever changed it. A hint that is lost is made good by the next look.
 */
export interface WorkingState {
  router: Router
  queues: ReadonlyMap<string, Queue>
  items: ReadonlyMap<string, WorkItemRow>
  agents: ReadonlyMap<string, LoadedAgent>
  /**
   * Reads what changed since the last look; gives the queues that it concerns, when something ends by itself, and the
   * transaction before which all are known.
   */
  look(): Promise<{ moved: ReadonlySet<string>; due: Date | null; seenBefore: string }>
  /** These offers were made as decided, and their items and agents are as this made them. */
  claimed(made: readonly { itemId: string; agentId: string }[]): void
  /** Reads these again whatever was known of them: the database was of another opinion. */
  doubt(itemIds: readonly string[], agentIds: readonly string[]): void
  /** Nothing that is known can be trusted: everything is read again at the next look. */
  forgetAll(): void
  /** Settings changed: queues, teams, skills and profiles are read again at the next look. */
  forgetSettings(): void
}

const active = `state in ('waiting', 'offered', 'held', 'wrap-up')`

const nothingDoubted = () => ({ items: new Set<string>(), agents: new Set<string>() })

export function createWorkingState(pool: pg.Pool): WorkingState {
  const router = createRouter()
  const queues = new Map<string, Queue>()
  const items = new Map<string, WorkItemRow>()
  const agents = new Map<string, LoadedAgent>()
  /** Who was seen with an item, so that they are looked at again when it leaves them. */
  const holders = new Map<string, Set<string>>()
  let settled = false
  let since: string | null = null
  /** Queues in which something moved since the last look. */
  let moved = new Set<string>()
  let doubted = nothingDoubted()
  /** What this look reads again, whether it changed or not; what is doubted meanwhile may have been read before. */
  let asked = nothingDoubted()

  /**
   * Rows whose change could not be seen last time: everything that was under way then, or began later. The bound for the
   * next time is taken before they are read, on the same connection, so that nothing can slip between; the statements
   * travel together.
   */
  async function readChanges() {
    const client = await pool.connect()
    try {
      const [bound, rows, changed, due] = await Promise.all([
        client.query<{ xmin: string }>({
          name: 'oldest-running',
          text: 'select pg_snapshot_xmin(pg_current_snapshot())::text as xmin',
        }),
        since === null
          ? client.query<WorkItemRow>(`select * from work_items where ${active}`)
          : client.query<WorkItemRow>({
              name: 'changed-work',
              text: 'select * from work_items where changed_in >= $1::xid8 or id = any($2::uuid[])',
              values: [since, [...asked.items]],
            }),
        client.query<{ agent_id: string; version: number }>({
          name: 'changed-agents',
          text: 'select agent_id, version from agent_work where changed_in >= $1::xid8',
          values: [since ?? '0'],
        }),
        nextDue(client),
      ])
      return { bound: bound.rows[0]?.xmin ?? '0', rows: rows.rows, changed: changed.rows, due }
    } finally {
      client.release()
    }
  }

  async function readSettings(): Promise<void> {
    settled = true
    const [{ rows }, everybody, members] = await Promise.all([
      pool.query<Parameters<typeof toQueue>[0]>('select * from queues where deleted_at is null'),
      loadAgents(pool, 'all'),
      readMembersByTeam(pool),
    ])
    const kept = new Set(rows.map(({ id }) => id))
    for (const id of queues.keys()) {
      if (kept.has(id)) continue
      queues.delete(id)
      router.removeQueue(id)
    }
    for (const row of rows) {
      const queue = toQueue(row)
      queues.set(queue.id, queue)
      router.setQueue(toRoutedQueue(queue, members))
    }
    const staff = new Set(everybody.map(({ agent }) => agent.id))
    for (const id of agents.keys()) if (!staff.has(id)) forgetAgent(id)
    for (const loaded of everybody) keepAgent(loaded)
  }

  function forgetAgent(id: string): void {
    agents.delete(id)
    router.removeAgent(id)
  }
  function keepAgent(loaded: LoadedAgent): void {
    const before = agents.get(loaded.agent.id)
    agents.set(loaded.agent.id, loaded)
    // The router asks whether skills are the same object before it looks at all kinds of work again.
    const skills = before && same(before.agent.skills, loaded.agent.skills) ? before.agent.skills : loaded.agent.skills
    const languages =
      before && same(before.agent.languages, loaded.agent.languages) ? before.agent.languages : loaded.agent.languages
    loaded.agent = { ...loaded.agent, skills, languages }
    router.setAgent(loaded.agent)
    for (const { itemId } of loaded.agent.held)
      holders.set(itemId, (holders.get(itemId) ?? new Set()).add(loaded.agent.id))
  }

  /**
   * What was the work of one agent, and is still theirs or done: they are as they were but for this, and need not be read
   * again. What else came of it, as being idle from now on, moves the version of their own row.
   */
  function carryOn(row: WorkItemRow): boolean {
    const [agentId = '', ...others] = holders.get(row.id) ?? []
    const loaded = agents.get(agentId)
    if (row.agent_id !== agentId || others.length > 0 || asked.items.has(row.id)) return false
    if (!loaded?.agent.held.some(({ itemId }) => itemId === row.id)) return false
    const rest = loaded.agent.held.filter(({ itemId }) => itemId !== row.id)
    const held = row.state === 'ended' ? rest : [...rest, toHeldWork(row)]
    keepAgent({ ...loaded, agent: { ...loaded.agent, held } })
    return true
  }

  function keepItem(row: WorkItemRow, toReload: Set<string>): void {
    const before = items.get(row.id)
    if (before?.version === row.version && !asked.items.has(row.id)) return
    if (!carryOn(row)) {
      for (const agentId of holders.get(row.id) ?? []) toReload.add(agentId)
      if (row.agent_id) toReload.add(row.agent_id)
    }
    for (const queueId of [before?.queue_id, row.queue_id]) if (queueId) moved.add(queueId)
    if (row.state === 'ended') {
      items.delete(row.id)
      holders.delete(row.id)
    } else items.set(row.id, row)
    const waiting = toWaiting(row)
    if (waiting) router.setItem(waiting)
    else router.removeItem(row.id)
  }

  return {
    router,
    queues,
    items,
    agents,
    claimed(made) {
      for (const itemId of new Set(made.map((offer) => offer.itemId))) {
        const row = items.get(itemId)
        if (!row) continue
        items.set(itemId, { ...row, state: 'offered', version: row.version + 1 })
        if (row.queue_id) moved.add(row.queue_id)
      }
      for (const agentId of new Set(made.map((offer) => offer.agentId))) {
        const loaded = agents.get(agentId)
        const agent = router.agents.get(agentId)
        if (!loaded || !agent) continue
        keepAgent({ ...loaded, agent, version: loaded.version + 1, gained: loaded.gained + 1 })
      }
    },
    doubt(itemIds, agentIds) {
      for (const id of itemIds) doubted.items.add(id)
      for (const id of agentIds) doubted.agents.add(id)
    },
    forgetAll() {
      for (const id of items.keys()) doubted.items.add(id)
      for (const id of agents.keys()) doubted.agents.add(id)
    },
    forgetSettings() {
      settled = false
    },
    async look() {
      asked = doubted
      doubted = nothingDoubted()
      const toReload = new Set(asked.agents)
      const { bound, rows, changed, due } = await readChanges()
      // A queue that was made a moment ago may be used before anybody says that it is there.
      const stranger = rows.some((row) => row.queue_id !== null && row.state === 'waiting' && !queues.has(row.queue_id))
      const fresh = !settled || stranger
      if (fresh) await readSettings()
      for (const row of rows) keepItem(row, toReload)
      for (const { agent_id: id, version } of changed) if ((agents.get(id)?.version ?? -1) < version) toReload.add(id)
      if (toReload.size > 0) {
        const loaded = await loadAgents(pool, [...toReload])
        const found = new Set(loaded.map(({ agent }) => agent.id))
        for (const one of loaded) keepAgent(one)
        for (const id of toReload) if (!found.has(id) && agents.has(id)) forgetAgent(id)
      }
      since = bound
      const seen = fresh ? new Set(queues.keys()) : moved
      moved = new Set()
      return { moved: seen, due, seenBefore: bound }
    },
  }
}

const toHeldWork = (row: WorkItemRow): HeldWork => ({
  itemId: row.id,
  channel: row.channel,
  silent: row.silent_since !== null,
  rings: false,
  ...(row.queue_id ? { queueId: row.queue_id } : {}),
})

const same = (a: ReadonlyMap<string, unknown> | ReadonlySet<string>, b: typeof a): boolean =>
  a === b || (a.size === b.size && JSON.stringify([...a]) === JSON.stringify([...b]))
