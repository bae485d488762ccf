// `npm start`: installs, builds what is outdated, runs the server. `npm start -- --empty` starts without demo data.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { buildFrontEnds } from './front-ends.mjs'
import { ensureInstalled, node, root } from './installation.mjs'

const unknown = process.argv.slice(2).filter((argument) => argument !== '--empty')
if (unknown.length > 0) {
  console.error(`npm start does not know ${unknown.join(' ')}; it knows --empty (no demo data).`)
  process.exit(1)
}
ensureInstalled()
if (!(await buildFrontEnds())) process.exit(1)

const env = process.argv.includes('--empty') ? { ...process.env, QIAO_DEMO: 'off' } : process.env
// The channel closes when this process dies, however it dies; the server then drains as on SIGTERM.
const server = spawn(node, [join('apps', 'server', 'src', 'main.ts')], {
  cwd: root,
  env,
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
})
// Ctrl-C in a terminal has already reached the server, which is in the same process group; a second one would mean "at once".
process.on('SIGINT', () => process.stdin.isTTY || server.kill('SIGINT'))
process.on('SIGTERM', () => server.kill('SIGTERM'))
process.on('SIGHUP', () => server.kill('SIGTERM'))
server.on('error', (error) => {
  console.error(`The server could not be started: ${error.message}`)
  process.exit(1)
})
server.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
