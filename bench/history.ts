import { fileURLToPath } from 'node:url'
import { listContacts } from '../apps/server/src/modules/contacts/read-contact.ts'
import { readItem } from '../apps/server/src/modules/conversations/conversation-item.ts'
import { countConversations } from '../apps/server/src/modules/conversations/count-conversations.ts'
import {
  listContactConversations,
  listConversations,
} from '../apps/server/src/modules/conversations/list-conversations.ts'
import { readTimeline } from '../apps/server/src/modules/conversations/read-timeline.ts'
import { type Database, openDatabase, type OpenDatabase } from '../apps/server/src/platform/database/connect.ts'
import { migrate } from '../apps/server/src/platform/database/migrate.ts'
import { createLog } from '../apps/server/src/platform/log.ts'
import type { AgentPrincipal } from '../apps/server/src/platform/principal.ts'
import { benchDatabase } from './support/database.ts'
import { ids, makeHistory } from './support/long-history.ts'
import { percentile, table } from './support/report.ts'
import { temporaryFolder } from './support/server-process.ts'

/** (c) What agents read all day, on a short and on a long history: the plan must be the same, and so must the time. */
const sizes = { short: 10_000, long: Number(process.argv[2] ?? 1_000_000) }
const runs = 60
const log = createLog({ level: 'error' })

const admin: AgentPrincipal = {
  type: 'agent',
  agentId: ids.agent(1),
  role: 'admin',
  teamIds: [ids.team(1)],
  inboxIds: 'all',
  via: 'browser',
}
const member: AgentPrincipal = {
  ...admin,
  agentId: ids.agent(2),
  role: 'agent',
  inboxIds: [ids.inbox(2), ids.inbox(4)],
}

/** Somebody of a small inbox, whose customers have not been here for long. */
const small: AgentPrincipal = { ...admin, agentId: ids.agent(3), role: 'agent', teamIds: [], inboxIds: [ids.inbox(5)] }

type Read = (db: Database, size: number) => Promise<unknown>
const views = ['mine', 'unassigned', 'team', 'all', 'mentions', 'snoozed', 'closed'] as const
const reads: [string, Read][] = [
  ...[admin, member].flatMap((agent) => [
    ...views.map((view): [string, Read] => [
      `${agent.role}: list ${view}`,
      (db) => listConversations(db, agent, { view, sort: 'newest', limit: 50 }),
    ]),
    [`${agent.role}: counts`, (db) => countConversations(db, agent)] satisfies [string, Read],
    [`${agent.role}: contacts`, (db) => listContacts(db, agent, { limit: 50 })] satisfies [string, Read],
    [`${agent.role}: contacts by name`, (db) => listContacts(db, agent, { search: 'Seldom', limit: 50 })] satisfies [
      string,
      Read,
    ],
  ]),
  ['few among many: contacts', (db) => listContacts(db, small, { limit: 50 })],
  ['list waiting longest', (db) => listConversations(db, admin, { view: 'all', sort: 'waiting', limit: 50 })],
  [
    'list of one inbox',
    (db) => listConversations(db, admin, { view: 'all', sort: 'newest', limit: 50, inboxId: ids.inbox(1) }),
  ],
  [
    'conversations by name',
    (db) => listConversations(db, admin, { view: 'all', sort: 'newest', limit: 50, search: 'Seldom' }),
  ],
  ['contacts by address', (db) => listContacts(db, admin, { search: 'customer77@example.com', limit: 50 })],
  ['open a conversation', (db, size) => readItem(db, admin, ids.conversation(size - 100))],
  ['open a thread', (db, size) => readTimeline(db, ids.conversation(size - 100), { limit: 50 })],
  ['conversations of a contact', (db) => listContactConversations(db, member, ids.contact(7), { limit: 20 })],
]

interface Planned {
  'Node Type': string
  'Index Name'?: string
  'Relation Name'?: string
  Plans?: Planned[]
}

/**
 * Kinds of steps and what they read; costs and row counts left out. An index read through a bitmap or directly counts as
 * the same: the same rows of the same index, where the planner's estimates differ by a hair.
 */
function shape(plan: Planned): string {
  const [only] = plan.Plans ?? []
  if (plan['Node Type'] === 'Bitmap Heap Scan' && only?.['Node Type'] === 'Bitmap Index Scan') {
    const others = plan.Plans?.slice(1) ?? []
    const index = only['Index Name'] ?? ''
    return shape({ ...plan, 'Node Type': 'Index Scan', 'Index Name': index, Plans: others })
  }
  const own = [plan['Node Type'], plan['Relation Name'], plan['Index Name']].filter(Boolean).join(' ')
  return plan.Plans && plan.Plans.length > 0 ? `${own}(${plan.Plans.map(shape).join(', ')})` : own
}

async function explain(database: OpenDatabase, read: Read, size: number): Promise<string> {
  const plans: string[] = []
  const queries: { sql: string; parameters: readonly unknown[] }[] = []
  const watched = database.db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      queries.push(database.db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  })
  await read(watched, size)
  for (const { sql, parameters } of queries) {
    const { rows } = await database.pool.query<{ 'QUERY PLAN': { Plan: Planned }[] }>(`explain (format json) ${sql}`, [
      ...parameters,
    ])
    plans.push(...rows.flatMap((row) => row['QUERY PLAN'].map(({ Plan }) => shape(Plan))))
  }
  return plans.join('; ')
}

async function build(url: string, conversations: number): Promise<OpenDatabase> {
  const database = await openDatabase({ url, poolSize: 2, applicationName: 'qiao-bench', log })
  await migrate(database.pool, fileURLToPath(new URL('../apps/server/migrations', import.meta.url)), log)
  const started = performance.now()
  await makeHistory(database.pool, conversations)
  console.error(`${conversations} conversations made in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  return database
}

await using folder = await temporaryFolder()
await using postgres = await benchDatabase(folder.path, { fsync: 'off', full_page_writes: 'off', max_wal_size: '8GB' })
const admins = await openDatabase({ url: postgres.url, poolSize: 1, applicationName: 'qiao-bench', log })
await admins.pool.query('create database long_history')
await admins.close()
const short = await build(postgres.url, sizes.short)
const longUrl = Object.assign(new URL(postgres.url), { pathname: 'long_history' })
const long = await build(longUrl.href, sizes.long)

const rows: string[][] = []
let worst = 0
let differing = 0
for (const [name, read] of reads) {
  const plans = [await explain(short, read, sizes.short), await explain(long, read, sizes.long)]
  const took: [number[], number[]] = [[], []]
  for (let turn = 0; turn < runs + 5; turn += 1) {
    for (const [index, database, size] of [[0, short, sizes.short] as const, [1, long, sizes.long] as const]) {
      const started = performance.now()
      await read(database.db, size)
      if (turn >= 5) took[index].push(performance.now() - started)
    }
  }
  const [before, after] = [percentile(took[0], 0.5), percentile(took[1], 0.5)]
  const same = plans[0] === plans[1]
  // The two take turns, and each turn is compared: a neighbour's load on this machine falls on both.
  const ratio = percentile(
    took[1].map((ms, turn) => ms / (took[0][turn] ?? ms)),
    0.5,
  )
  worst = Math.max(worst, ratio)
  if (!same) differing += 1
  rows.push([name, before.toFixed(2), after.toFixed(2), ratio.toFixed(2), same ? 'same' : 'DIFFERENT'])
  if (!same || process.argv.includes('--plans')) console.error(`${name}\n  short: ${plans[0]}\n  long:  ${plans[1]}`)
}
await short.close()
await long.close()
console.log(table(['read', `${sizes.short}: ms`, `${sizes.long}: ms`, 'ratio', 'plan'], rows))
console.log(
  JSON.stringify({
    name: 'history',
    value: Number(worst.toFixed(3)),
    unit: 'times the short history, worst read',
    floor: 1,
    ratio: Number(worst.toFixed(3)),
    differingPlans: differing,
  }),
)
