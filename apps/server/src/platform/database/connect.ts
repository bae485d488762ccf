import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool, types, type CustomTypesConfig } from 'pg'
import type { Log } from '../log.ts'
import { StartRefused } from '../start-refused.ts'
import { codeOf, messageOf } from '../thrown.ts'
import { PromisingClient } from './promising-client.ts'
import type { DB } from './schema.gen.ts'
import { turnSocket } from './turn-socket.ts'

export type Database = Kysely<DB>
export type OpenDatabase = { db: Database; pool: Pool; close: () => Promise<void> }

const oldestMajor = 15
const patienceMilliseconds = 30_000
/** No socket yet, refused connection, unknown or unreachable host, and "the database system is starting up". */
const passing = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  '57P03',
])

/**
 * Opens the pool and waits a while for a database that is still starting. Times arrive as `Date`, `bigint` columns as
 * `number` (a value beyond 2^53 is an error, not a wrong number), `date` as its text, `numeric` as text.
 */
export async function openDatabase(options: {
  url: string
  poolSize: number
  applicationName: string
  log: Log
  /** A statement of a request; jobs that need longer say `set local statement_timeout`. */
  statementTimeoutMilliseconds?: number
}): Promise<OpenDatabase> {
  const { log } = options
  const pool = new Pool({
    Client: PromisingClient,
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // Statements that are queued together travel together; each keeps a snapshot and an error of its own.
    pipeline: true,
    stream: turnSocket,
    statement_timeout: options.statementTimeoutMilliseconds ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
    types: columnTypes,
  })
  // Without a listener the loss of an idle connection (database restarted) would end the process.
  const onLost = (error: Error) => log.warn({ reason: error.message }, 'a database connection was lost')
  pool.on('error', onLost)
  // The pool does not listen while a client is handed out; its statement fails as well, which whoever sent it sees.
  pool.on('connect', (client) => void client.on('error', onLost))
  try {
    await waitUntilUsable(pool, log)
  } catch (error) {
    await pool.end()
    throw error instanceof StartRefused ? error : cannotBeUsed(options.url, error)
  }
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return { db, pool, close: () => pool.end() }
}

async function waitUntilUsable(pool: Pool, log: Log): Promise<void> {
  const deadline = Date.now() + patienceMilliseconds
  for (;;) {
    try {
      const { rows } = await pool.query<{ version: number }>(
        `select current_setting('server_version_num')::int as version`,
      )
      const major = Math.floor((rows[0]?.version ?? 0) / 10_000)
      if (major >= oldestMajor) return
      throw new StartRefused(
        `DATABASE_URL leads to PostgreSQL ${major}, but Qiao needs PostgreSQL ${oldestMajor} or newer.`,
      )
    } catch (error) {
      if (!passing.has(codeOf(error) ?? '') || Date.now() > deadline) throw error
      log.info({ reason: messageOf(error) }, 'waiting for the database')
      await sleep(500)
    }
  }
}

function cannotBeUsed(url: string, error: unknown): StartRefused {
  const { host, pathname } = new URL(url)
  // A failed connection to several addresses has an empty message and tells by its code.
  const reason = messageOf(error) || codeOf(error)
  return new StartRefused(`The database ${pathname.slice(1)} on ${host} (DATABASE_URL) cannot be used: ${reason}.`)
}

const { INT8, DATE } = types.builtins
const columnTypes: CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format === 'binary') return types.getTypeParser(oid, 'binary')
    if (oid === INT8) return toSafeInteger
    if (oid === DATE) return String
    return types.getTypeParser(oid, 'text')
  },
}

function toSafeInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new RangeError(`${text} does not fit into a number`)
}
