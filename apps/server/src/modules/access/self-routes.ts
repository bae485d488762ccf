import { listDevices, readMe, revokeDevice, updateMe } from '@qiao/protocol'
import { type Route, route } from '#platform/http/route'
import { type Access, actorOf } from './access.ts'
import { listDevices as list, revokeDevice as revoke } from './devices.ts'
import { readOrganisation } from './organisation.ts'
import { readMe as read, updateMe as update } from './update-me.ts'

/** What every agent does for themself. */
export const selfRoutes = (access: Access): Route[] => [
  route(readMe, async (_input, { principal, request, reply }) => {
    const { cookie } = request.headers
    if (principal.via === 'browser' && cookie) {
      // Screens start here, so here a session that is in use gets its new end, in the database and in the browser.
      const { headers } = await access.signIn.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
      const renewed = headers.getSetCookie()
      if (renewed.length > 0) void reply.header('set-cookie', renewed)
    }
    return { me: await read(access.db, principal), organisation: await readOrganisation(access.db) }
  }),
  route(updateMe, async ({ body }, { principal }) => {
    await access.db.transaction().execute((tx) => update(tx, principal.agentId, body, access.clock.now()))
    // Name and face are what colleagues see of somebody; preferences are nobody else's.
    const shown = [body.name, body.publicName, body.avatarUrl]
    if (shown.some((value) => value !== undefined)) access.announceList('agents')
    return read(access.db, principal)
  }),
  route(listDevices, async (_input, { principal, request }) => {
    const current = (await access.identify(request))?.sessionId ?? null
    return { devices: await list(access.db, principal.agentId, current, access.clock.now()) }
  }),
  route(revokeDevice, async ({ params }, context) => {
    await access.db.transaction().execute((tx) => revoke(tx, actorOf(context), params.id, access.clock.now()))
    access.announce({ agentIds: [context.principal.agentId], reason: 'signed-out' })
  }),
]
