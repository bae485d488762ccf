import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { StartRefused } from '../start-refused.ts'

/** As whom PostgreSQL runs: it refuses to run as root. */
export type Account = {
  name: string
  /** undefined: whoever runs the server. */
  owner?: { uid: number; gid: number }
  /** A program in front of the command that changes to the account; without it `spawn` does. */
  prefix: string[]
}

export const spawnIds = ({ owner, prefix }: Account): { uid?: number; gid?: number } =>
  owner && prefix.length === 0 ? owner : {}

/**
 * An ordinary user runs PostgreSQL as itself. For root it is the owner of the data, or the system user `postgres`, which is
 * created where it does not exist.
 */
export function chooseAccount(databaseDir: string): Account {
  if (process.getuid?.() !== 0) return { name: 'this user', prefix: [] }
  const owner = statSync(databaseDir, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0)
    return { name: `user ${owner.uid}`, owner: { uid: owner.uid, gid: owner.gid }, prefix: [] }
  return { name: 'the system user postgres', owner: systemUser() ?? createSystemUser(), prefix: [] }
}

function systemUser(): { uid: number; gid: number } | undefined {
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return uid?.status === 0 && gid?.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined
}

function createSystemUser(): { uid: number; gid: number } {
  // Debian, Red Hat and SUSE have useradd; Alpine has adduser.
  const attempts = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ]
  for (const [command = '', ...args] of attempts) {
    if (spawnSync(command, args).status === 0) break
  }
  const created = systemUser()
  if (created) return created
  throw new StartRefused(
    'PostgreSQL does not run as root and a system user "postgres" could not be created: start Qiao as an ordinary user, or set DATABASE_URL.',
  )
}

/**
 * The account must be able to walk down to the data. Root's home, for one, is closed to others; there PostgreSQL gets the
 * capability to pass (not root's identity), so that a clone below /root works without opening anything.
 */
export function ableToReach(account: Account, path: string): Account {
  const { owner } = account
  if (!owner || canReach(account, path)) return account
  for (const capability of ['dac_read_search', 'dac_override']) {
    const passing = {
      ...account,
      prefix: [
        'setpriv',
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        '--clear-groups',
        `--inh-caps=+${capability}`,
        `--ambient-caps=+${capability}`,
        '--',
      ],
    }
    if (canReach(passing, path)) return passing
  }
  throw new StartRefused(
    `PostgreSQL runs as ${account.name}, which may not enter ${path}: move Qiao to a folder that others may pass through (chmod o+x), or start it as an ordinary user.`,
  )
}

/** As `spawn` or the prefix would run it. */
export function canReach(account: Account, path: string): boolean {
  const [command, ...args] = [...account.prefix, 'test', '-e', path]
  return spawnSync(command, args, { ...spawnIds(account), cwd: '/' }).status === 0
}
