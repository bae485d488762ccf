import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '../../apps/server/src/platform/log.ts'
import { startEmbeddedPostgres } from '../../apps/server/src/platform/database/embedded.ts'

type BenchDatabase = { url: string; crash(): void } & AsyncDisposable

/** A real, durable PostgreSQL of the bench's own; the servers under test share it. It comes back when it dies. */
export async function benchDatabase(dataDir: string, settings: Record<string, string> = {}): Promise<BenchDatabase> {
  const { url, pid, stop } = await startEmbeddedPostgres({ dataDir, log: createLog({ level: 'silent' }), settings })
  return { url, crash: () => process.kill(pid(), 'SIGQUIT'), [Symbol.asyncDispose]: stop }
}

/** The database that a server runs for itself. */
export async function databaseOf(dataDir: string): Promise<{ url: string; pid: number }> {
  const password = await readFile(join(dataDir, 'postgres.password'), 'utf8')
  const [pid, , , port] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return { url: `postgresql://qiao:${password.trim()}@127.0.0.1:${port}/qiao`, pid: Number(pid) }
}
