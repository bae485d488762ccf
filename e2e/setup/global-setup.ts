import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/database/embedded.ts'
import { createLog } from '../../apps/server/src/platform/log.ts'
import { makeFiles } from './sample-files.ts'

/** A server that may forget: it is gone after the run, so nothing waits for the disk. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }

/** One PostgreSQL and one set of files for the whole run; each worker has a database of its own. */
// oxlint-disable-next-line import/no-default-export -- Playwright wants it so
export default async function globalSetup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'qiao-e2e-'))
  const log = createLog({ level: 'error' })
  const [postgres] = await Promise.all([
    startEmbeddedPostgres({ dataDir: join(folder, 'database'), log, settings: forgetful }),
    makeFiles(join(folder, 'files')),
  ])
  process.env['E2E_FOLDER'] = folder
  process.env['E2E_DATABASE_URL'] = postgres.url
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
