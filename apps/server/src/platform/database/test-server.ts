import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import type { TestProject } from 'vitest/node'
import { createLog } from '../log.ts'
import { openDatabase } from './connect.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Database with the current schema; test databases are copies of it. */
    templateUrl: string
  }
}

/** A server that may forget: it is gone after the run, so nothing waits for the disk. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

let postgres: EmbeddedPostgres | undefined
let folder: string | undefined

/** vitest's global set-up: one PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<void> {
  const log = createLog({ level: 'error' })
  folder = await mkdtemp(join(tmpdir(), 'qiao-test-'))
  postgres = await startEmbeddedPostgres({ dataDir: folder, log, settings: forgetful })
  await migrateTemplate(postgres.url)
  project.provide('templateUrl', postgres.url)
}

export async function teardown(): Promise<void> {
  await postgres?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
}

async function migrateTemplate(url: string): Promise<void> {
  const log = createLog({ level: 'error' })
  const { pool, close } = await openDatabase({ url, poolSize: 2, applicationName: 'qiao-test-template', log })
  await migrate(pool, fileURLToPath(new URL('../../../migrations', import.meta.url)), log)
  await runMigrations({ pgPool: pool })
  await close()
}
