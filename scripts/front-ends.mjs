import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { node, root, run } from './installation.mjs'

/** Builds the apps whose sources are newer than what was built from them; `force` builds all. Returns whether all went well. */
export async function buildFrontEnds({ force = false } = {}) {
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, 'apps', app, 'vite.config.ts')))
  const outdated = apps.filter((app) => force || isOutdated(app))
  const results = await Promise.all(outdated.map(build))
  return results.every(Boolean)
}

async function build(app) {
  const startedAt = new Date()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await run(node, [vite, 'build'], {
    cwd: join(root, 'apps', app),
    capture: true,
    env: { NODE_ENV: 'production' },
  })
  if (code === 0) {
    // The time of the start: a file that was saved while building counts as newer.
    writeFileSync(stampOf(app), '')
    utimesSync(stampOf(app), startedAt, startedAt)
    console.log(`built apps/${app} in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s`)
    return true
  }
  console.error(`apps/${app} could not be built:\n${output}`)
  return false
}

const stampOf = (app) => join(root, 'apps', app, 'dist', '.built')

function isOutdated(app) {
  if (!existsSync(stampOf(app))) return true
  const builtAt = statSync(stampOf(app)).mtimeMs
  return [join('apps', app), join('packages', 'protocol'), 'package-lock.json'].some(
    (path) => newest(join(root, path)) > builtAt,
  )
}

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const inner = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules' && !name.startsWith('.'))
  return Math.max(0, ...inner.map((name) => newest(join(path, name))))
}
