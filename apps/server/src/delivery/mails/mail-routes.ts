import * as api from '@qiao/protocol'
import { sql } from 'kysely'
import { actorOf, recordAudit } from '#access'
import { canSeeContact, listIdentities } from '#contacts'
import type { ConversationDeps } from '#conversations'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { ChannelDeps } from '../channel-deps.ts'
import { hintPolicy } from '../policy/note-acts.ts'
import { answerInvitation } from './answer-invitation.ts'
import { listPeople, markReachable } from './conversation-people.ts'
import { startMail } from './start-mail.ts'

export const letterRoutes = (deps: ChannelDeps, replies: ConversationDeps): Route[] => [
  route(api.readMailStart, ({ params, query }, { principal }) => startMail(deps, principal, { ...params, ...query })),
  route(api.answerInvitation, ({ params, body }, { principal }) =>
    answerInvitation(deps, replies, principal, { ...params, ...body }),
  ),
  route(api.listConversationPeople, async ({ params }, { principal }) => ({
    people: await listPeople(deps, principal, params.id),
  })),
  route(api.markPersonReachable, async ({ params: { id }, body: { address } }, context) => {
    if (await markReachable(deps, context.principal, { id, address })) {
      const target = { type: 'conversation', id }
      await recordAudit(deps.db, actorOf(context), 'address.reachable', target, { address }, deps.clock.now())
    }
    return { people: await listPeople(deps, context.principal, id) }
  }),
  route(api.markReachable, async ({ params }, context) => {
    const { id, identityId } = params
    if (!(await canSeeContact(deps.db, context.principal, id))) throw new AppError('not-found')
    const { rows } = await sql<{ address: string }>`
      delete from unreachable_addresses as dead using identities
      where identities.id = ${identityId} and contact_id = ${id} and dead.inbox_id = identities.inbox_id
        and dead.address = coalesce(peer_address, identities.address) returning dead.address`.execute(deps.db)
    const identity = (await listIdentities(deps.db, id)).find((each) => each.id === identityId)
    if (!identity) throw new AppError('not-found')
    if (rows.length > 0) {
      const target = { type: 'contact', id }
      await recordAudit(deps.db, actorOf(context), 'identity.reachable', target, { identityId }, deps.clock.now())
      await hintPolicy(deps, identityId)
    }
    return identity
  }),
]
