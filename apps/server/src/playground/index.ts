import type { FastifyInstance } from 'fastify'
import { readInboxByKey } from '#inboxes'
import type { ChannelDeps } from '../delivery/channel-deps.ts'
import { inboxKeys } from '../demo/company.ts'
import { connectInboxes } from './connect-inboxes.ts'
import { registerPhoneRoutes } from './phone-routes.ts'
import { startPhones } from './phones.ts'

/**
 * Simulated phones for every channel, of the demo company only: null where it is not there. `origins` is told where their
 * providers listen, so that these and nothing else on this machine can be called.
 */
export async function startPlayground(deps: ChannelDeps, origins: Set<string>) {
  if (!(await readInboxByKey(deps.db, inboxKeys.zh))) return null
  const phones = await startPhones(deps.channels, deps.clock, origins)
  return {
    serve: (app: FastifyInstance) => registerPhoneRoutes(app, { ...deps, phones }),
    /** Once this server listens. */
    connect: (port: number) => connectInboxes(deps, phones, port),
    stop: () => phones.stop(),
  }
}
