import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StartRefused } from '../start-refused.ts'
import { codeOf } from '../thrown.ts'
import { spawnIds, type Account } from './postgres-account.ts'

/** Made next to its place and moved there when complete: a first start that is interrupted leaves nothing half done. */
export function createCluster(options: {
  databaseDir: string
  password: string
  initdb: string
  account: Account
  sync: boolean
}): void {
  const { databaseDir, account } = options
  const fresh = `${databaseDir}.new`
  const passwordFile = join(fresh, 'password')
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o711 })
  writeFileSync(passwordFile, options.password, { mode: 0o600 })
  if (account.owner) {
    for (const path of [fresh, passwordFile]) chownSync(path, account.owner.uid, account.owner.gid)
  }
  const [command, ...args] = [...account.prefix, options.initdb, '-D', join(fresh, 'data'), '-U', 'qiao']
  args.push(`--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--no-instructions')
  // The collation comes with PostgreSQL, so that the folder can move to another system with its indexes intact.
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!options.sync) args.push('--no-sync')
  const made = spawnSync(command, args, {
    ...spawnIds(account),
    cwd: '/',
    encoding: 'utf8',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  })
  if (made.status === 0) renameSync(join(fresh, 'data'), databaseDir)
  rmSync(fresh, { recursive: true, force: true })
  if (made.status !== 0) throw made.error ?? new Error(made.stderr)
}

/** Written before the database is made, so that there never is a database without it. */
export function keepPassword(dataDir: string, databaseDir: string): string {
  const file = join(dataDir, 'postgres.password')
  if (!existsSync(databaseDir)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  }
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    throw new StartRefused(
      `${file} is missing, and without it the database beside it cannot be opened. Restore it from your backup.`,
    )
  }
}

/** PostgreSQL cannot read the files of another major version; its data goes over by dump and restore. */
export function refuseOtherMajor(databaseDir: string, ours: number): void {
  const theirs = readFileSync(join(databaseDir, 'PG_VERSION'), 'utf8').trim()
  if (Number(theirs) === ours) return
  throw new StartRefused(
    `The data in ${databaseDir} was written by PostgreSQL ${theirs}, but this release of Qiao brings PostgreSQL ${ours}. ` +
      `Start the release that you used before, save the data with pg_dump, move the folder away, start this release and restore; ` +
      `docs/operations/backup.md shows the commands.`,
  )
}
