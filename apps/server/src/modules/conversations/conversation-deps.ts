import type pg from 'pg'
import type { Bus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import type { Appender } from './appender.ts'
import type { Outlet } from './outlet.ts'

/** What the commands of this module work with; made once in main.ts. */
export interface ConversationDeps {
  db: Database
  pool: pg.Pool
  bus: Bus
  clock: Clock
  appender: Appender
  /** Where messages leave the server, when they do. */
  outlet?: Outlet
}
