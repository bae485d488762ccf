import { spawn, spawnSync } from 'node:child_process'
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

/**
 * Installs what is missing where that is possible without asking. It begins at once, beside whatever else is installed; the
 * answer resolves with the names that stay missing.
 */
export function ensureSystemPackages() {
  const missing = wanted.filter((tool) => !isThere(tool))
  if (missing.length === 0) return async () => []
  const prefix = process.getuid?.() === 0 ? [] : succeeds('sudo', '-n', 'true') ? ['sudo', '-n'] : undefined
  const installed =
    onPath('apt-get') && prefix ? install(missing, [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive']) : null
  return async () => {
    await installed
    const names = missing.filter((tool) => !isThere(tool) && !isReplaced(tool)).map(({ name }) => name)
    if (names.length > 0)
      console.log(`\n!!! NOT INSTALLED: ${names.join(', ')} — what needs it is SKIPPED or fails !!!\n`)
    return names
  }
}

/** All together, which is quickest; then one by one: a package that cannot be had must not keep the others away. */
function install(missing, prefix) {
  const names = missing.map(({ name }) => name)
  console.log(`Installing ${names.join(', ')} with apt-get …`)
  const options = '-y -qq --no-install-recommends'
  const either = missing.map(({ name, instead }) => [name, instead].filter(Boolean))
  const alone = either.map((choices) => choices.map((name) => `apt-get install ${options} ${name}`).join(' || '))
  const script = `apt-get update -qq; apt-get install ${options} ${names.join(' ')} || { ${alone.join('; ')}; }`
  const child = spawn(prefix[0], [...prefix.slice(1), 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve) => child.on('error', resolve).on('close', resolve))
}
