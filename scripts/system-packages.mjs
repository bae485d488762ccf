import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** What the tests use beside npm packages: Debian's name, what does instead of it, and how to see that it is there. */
const wanted = [
  // The shell opens a window in half the time of the whole browser, and the journeys open hundreds.
  { name: 'chromium-headless-shell', instead: 'chromium', present: onPath },
  { name: 'redis-server', present: onPath },
  // Mail servers as they really answer. Their commands lie where only root looks.
  { name: 'dovecot-imapd', present: () => existsSync('/usr/sbin/dovecot') },
  { name: 'postfix', present: () => existsSync('/usr/sbin/postfix') },
  {
    name: 'fonts-noto-cjk',
    present: () => /\S/.test(spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).stdout ?? ''),
  },
]

const isThere = ({ name, present }) => present(name)
const isReplaced = ({ instead }) => instead !== undefined && onPath(instead)

/** Installs what is missing where that is possible without asking; returns the names that stay missing. */
export function ensureSystemPackages() {
  const missing = wanted.filter((tool) => !isThere(tool))
  if (missing.length === 0) return []
  const names = missing.map((tool) => tool.name)
  const prefix = process.getuid?.() === 0 ? [] : succeeds('sudo', '-n', 'true') ? ['sudo', '-n'] : undefined
  if (onPath('apt-get') && prefix) {
    console.log(`Installing ${names.join(', ')} with apt-get …`)
    const apt = (...args) => {
      const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
      return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] })
    }
    apt('update', '-qq')
    // One by one: a package that cannot be had must not keep the others away.
    for (const tool of missing) {
      apt('install', '-y', '-qq', '--no-install-recommends', tool.name)
      if (tool.instead && !isThere(tool) && !isReplaced(tool))
        apt('install', '-y', '-qq', '--no-install-recommends', tool.instead)
    }
  }
  const stillMissing = missing.filter((tool) => !isThere(tool) && !isReplaced(tool)).map((tool) => tool.name)
  if (stillMissing.length > 0)
    console.log(`\n!!! NOT INSTALLED: ${stillMissing.join(', ')} — tests that need it are SKIPPED !!!\n`)
  return stillMissing
}
