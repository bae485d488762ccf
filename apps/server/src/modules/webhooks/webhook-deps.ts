import type { Bus } from '#platform/bus/bus'
import type { Clock } from '#platform/clock'
import type { Sealer } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { Log } from '#platform/log'
import type { SafeFetch } from '#platform/safe-fetch'

/** What this module works with; made once in main.ts. */
export interface WebhookDeps {
  db: Database
  bus: Bus
  clock: Clock
  log: Log
  sealer: Sealer
  fetch: SafeFetch
}
