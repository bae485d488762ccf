import { createLog } from '../../apps/server/src/platform/log.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/database/embedded.ts'

/** A real, durable PostgreSQL of the bench's own; the servers under test share it. */
export async function benchDatabase(dataDir: string): Promise<{ url: string } & AsyncDisposable> {
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log: createLog({ level: 'error' }) })
  return { url, [Symbol.asyncDispose]: stop }
}
