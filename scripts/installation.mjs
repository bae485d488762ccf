// Runs on the Node that happens to be there (20 or newer), before anything is installed: no packages, no TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The Node 24 that the npm package `node` brings, whatever version runs this script. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** Installs when `node_modules` is missing or differs from the lock file. */
export function ensureInstalled() {
  if (existsSync(node) && installedIsLocked()) return
  console.log('Installing packages (a few minutes the first time) …')
  // Not `npm ci`: npm 11 refuses it when the lock file lacks optional packages of other systems. This keeps to the lock too.
  if (npm('install', '--no-save') && existsSync(node)) return
  console.error('The packages could not be installed. Is the npm registry reachable?')
  process.exit(1)
}

function npm(...args) {
  const [command, ...rest] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
  return spawnSync(command, [...rest, ...args, '--no-audit', '--no-fund', '--loglevel=error'], options).status === 0
}

/** npm notes in `node_modules/.package-lock.json` what it installed; optional packages of other systems are not in it. */
function installedIsLocked() {
  const wanted = lockedPackages('package-lock.json')
  const present = lockedPackages('node_modules/.package-lock.json')
  return Object.entries(wanted).every(([path, entry]) => {
    const found = present[path]
    if (!found)
      return path === '' || entry.optional || entry.devOptional || entry.link || !path.includes('node_modules/')
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages
  } catch {
    return {}
  }
}

/** Runs a program in the repository with Node 24 first on its path. Resolves with its exit code and, when captured, its output. */
export function run(command, args, { cwd = root, capture = false, env = {} } = {}) {
  const path = `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH}`
  const output = capture ? 'pipe' : 'inherit'
  const child = spawn(command, args, {
    cwd,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env, PATH: path },
  })
  const pieces = []
  child.stdout?.on('data', (piece) => pieces.push(piece))
  child.stderr?.on('data', (piece) => pieces.push(piece))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code, signal) => {
      resolve({ code: code ?? (signal ? 1 : 0), output: Buffer.concat(pieces).toString() })
    })
  })
}
