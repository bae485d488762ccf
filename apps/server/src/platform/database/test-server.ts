import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
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

/** It may forget: it is gone after the run, so nothing waits for the disk. Several servers with a pool each use it at once. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '500',
}

const prefix = 'qiao-test-'

let postgres: EmbeddedPostgres | undefined
let folder: string | undefined

/** vitest's global set-up: one PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<void> {
  const log = createLog({ level: 'error' })
  await removeAbandoned()
  folder = await mkdtemp(join(tmpdir(), prefix))
  postgres = await startEmbeddedPostgres({ dataDir: folder, log, settings })
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

/** A run that was killed leaves its folder. Those in use are younger, since their lock file is touched every few seconds. */
async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix))
  for (const path of names.map((name) => join(tmpdir(), name))) {
    const { mtimeMs } = await stat(join(path, 'qiao.lock')).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > 600_000) await rm(path, { recursive: true, force: true })
  }
}
