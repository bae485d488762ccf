import * as api from '@qiao/protocol'
import { type Route, route } from '#platform/http/route'
import { type Access, actorOf } from './access.ts'
import { invitationMail } from './access-mails.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts'
import { listAuditEvents } from './audit.ts'
import { inviteAgent, listInvitations, revokeInvitation } from './invite-agent.ts'
import { readOrganisation, updateOrganisation } from './organisation.ts'
import { readAgent, readAgents, readTeams, toAgent } from './store.ts'
import { createTeam, deleteTeam, updateTeam } from './teams.ts'
import { updateAgent } from './update-agent.ts'

/** Agents, teams, invitations, keys, the organisation and the log of changes to all of them. */
export function staffRoutes(access: Access): Route[] {
  const { db, clock, url, mails, announce, announceList } = access
  const linkTo = (token: string): string => `${url}/invitation?token=${token}`
  return [
    route(api.listAgents, async () => ({ agents: (await readAgents(db)).map(toAgent) })),
    route(api.updateAgent, async ({ params, body }, context) => {
      announce(await db.transaction().execute((tx) => updateAgent(tx, actorOf(context), params.id, body, clock.now())))
      announceList('agents')
      return toAgent(await readAgent(db, params.id))
    }),
    route(api.listInvitations, async () => ({ invitations: await listInvitations(db, clock.now()) })),
    route(api.inviteAgent, async ({ body }, context) => {
      const { invitation, token } = await db.transaction().execute(async (tx) => {
        const made = await inviteAgent(tx, actorOf(context), body, clock.now())
        const { name, defaultLanguage } = await readOrganisation(tx)
        const mail = invitationMail(body.email, name, linkTo(made.token), defaultLanguage)
        await mails.add(tx, mail, new Date(made.invitation.expiresAt))
        return made
      })
      return { invitation, link: linkTo(token), mailed: mails.sends }
    }),
    route(api.revokeInvitation, async ({ params }, context) => {
      await db.transaction().execute((tx) => revokeInvitation(tx, actorOf(context), params.id, clock.now()))
    }),
    route(api.listTeams, async () => ({ teams: await readTeams(db) })),
    route(api.createTeam, async ({ body }, context) => {
      const team = await db.transaction().execute((tx) => createTeam(tx, actorOf(context), body, clock.now()))
      announce({ agentIds: team.agentIds, reason: 'teams' })
      announceList('teams')
      return team
    }),
    route(api.updateTeam, async ({ params, body }, context) => {
      const { team, change } = await db
        .transaction()
        .execute((tx) => updateTeam(tx, actorOf(context), params.id, body, clock.now()))
      announce(change)
      announceList('teams')
      return team
    }),
    route(api.deleteTeam, async ({ params }, context) => {
      announce(await db.transaction().execute((tx) => deleteTeam(tx, actorOf(context), params.id, clock.now())))
      announceList('teams')
    }),
    route(api.listApiKeys, async () => ({ keys: await listApiKeys(db) })),
    route(api.createApiKey, ({ body }, context) =>
      db.transaction().execute((tx) => createApiKey(tx, actorOf(context), context.principal, body, clock.now())),
    ),
    route(api.revokeApiKey, async ({ params }, context) => {
      announce(await db.transaction().execute((tx) => revokeApiKey(tx, actorOf(context), params.id, clock.now())))
    }),
    route(api.listAuditEvents, ({ query }) => listAuditEvents(db, query)),
    route(api.updateOrganisation, async ({ body }, context) => {
      await db.transaction().execute((tx) => updateOrganisation(tx, actorOf(context), body, clock.now()))
      announceList('organisation')
      return readOrganisation(db)
    }),
  ]
}
