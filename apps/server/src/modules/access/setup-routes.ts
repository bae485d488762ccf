import { acceptInvitation, completeSetup, readInvitation, readSetup } from '@qiao/protocol'
import { type Route, route } from '#platform/http/route'
import { acceptInvitation as accept, readInvitation as read } from './accept-invitation.ts'
import type { Access } from './access.ts'
import { createFirstAdmin, isSetUp } from './complete-setup.ts'
import { readOrganisation } from './organisation.ts'
import { refuseForeignOrigin } from './origin.ts'
import { toRole } from './store.ts'

/** For people who have no account yet. */
export const setupRoutes = ({ db, clock, url, announce, announceList }: Access): Route[] => [
  route(readSetup, async () => {
    const { name } = await readOrganisation(db)
    return { needed: !(await isSetUp(db)), organisationName: name }
  }),
  route(completeSetup, async ({ body }, { request }) => {
    refuseForeignOrigin(request.headers, url)
    await db.transaction().execute((tx) => createFirstAdmin(tx, body, clock.now()))
  }),
  route(readInvitation, async ({ body }) => {
    const { email, role } = await read(db, body.token, clock.now())
    const { name } = await readOrganisation(db)
    return { email, role: toRole(role), organisationName: name }
  }),
  route(acceptInvitation, async ({ body }, { request }) => {
    refuseForeignOrigin(request.headers, url)
    const { id } = await db.transaction().execute((tx) => accept(tx, body, clock.now()))
    announce({ agentIds: [id], reason: 'role' })
    announceList('agents')
  }),
]
