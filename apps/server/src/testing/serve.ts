import { flushCompileCache } from 'node:module'
import { readConfig } from '../config.ts'
import { startServer } from '../main.ts'

/**
 * The real server in a process of its own, so that a test can kill it; the settings come from the environment. The one
 * thing that differs from a server in use: the test may put its clock forward.
 */
let ahead = Number(process.env['E2E_AHEAD_MS'] ?? 0)
delete process.env['E2E_AHEAD_MS']
const clock = { now: () => new Date(Date.now() + ahead) }

const server = await startServer(readConfig(), { clock })
process.on('message', (message: { aheadMs: number }) => {
  ahead = message.aheadMs
  process.send?.('ahead')
})
process.on('disconnect', () => {
  process.removeAllListeners('message')
  void server.stop().then(() => process.exit(0))
})
process.send?.('ready')
// A process that is killed would never leave to the next what it has compiled.
flushCompileCache()
