import { flushCompileCache } from 'node:module'
import { readConfig } from '../../apps/server/src/config.ts'
import { startServer } from '../../apps/server/src/main.ts'

/** The server as it is, but a peer may send as fast as it can: a bench is one client that stands for many. */
const server = await startServer(readConfig(), { framesPerSecond: 1_000_000 })
// Whoever started us must not take another program on the same port for us.
process.stdout.write('listening\n')
// A process that is killed would never leave to the next what it has compiled.
flushCompileCache()
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit(0))
})
