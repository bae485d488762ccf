import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
const succeeds = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** What the tests use beside npm packages: Debian's name, and how to see that it is there. */
const wanted = [
  { name: 'chromium', present: () => ['chromium', 'chromium-browser', 'google-chrome'].some(onPath) },
  { name: 'redis-server', present: () => onPath('redis-server') },
  {
    name: 'fonts-noto-cjk',
    present: () => /\S/.test(spawnSync('fc-list', [':lang=zh-cn'], { encoding: 'utf8' }).stdout ?? ''),
  },
]

/** Installs what is missing where that is possible without asking; returns the names that stay missing. */
export function ensureSystemPackages() {
  const missing = wanted.filter((tool) => !tool.present())
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
    for (const name of names) apt('install', '-y', '-qq', '--no-install-recommends', name)
  }
  const stillMissing = missing.filter((tool) => !tool.present()).map((tool) => tool.name)
  if (stillMissing.length > 0)
    console.log(`\n!!! NOT INSTALLED: ${stillMissing.join(', ')} — tests that need it are SKIPPED !!!\n`)
  return stillMissing
}
