import { readConfig } from '../config.ts'
import { startServer } from '../main.ts'
import { parrot } from './parrot-channel.ts'

/** A server of its own process with the parrot channel, to be killed: `node parrot-server.ts`, settings in the environment. */
const server = await startServer(readConfig(), { channels: [parrot] })
process.stdout.write(`listening ${server.url}\n`)
