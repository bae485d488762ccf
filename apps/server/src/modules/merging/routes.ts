import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import { canSeeContact, currentContactId, findContact } from '#contacts'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { keepApartWithin } from './keep-apart.ts'
import { listMerges } from './list-merges.ts'
import { mergeByAgent } from './merge-by-agent.ts'
import type { MergingDeps } from './merging-deps.ts'
import { listMergeSuggestions, suggestMerges } from './suggest-merges.ts'
import { undoMerge } from './undo-merge.ts'

export function mergingRoutes(deps: MergingDeps): Route[] {
  const { db, clock } = deps
  async function mustSee(agent: AgentPrincipal, id: string): Promise<api.Contact> {
    const current = await currentContactId(db, id)
    const contact = current && (await findContact(db, current))
    if (!contact || !(await canSeeContact(db, agent, contact.id))) throw new AppError('not-found')
    return contact
  }
  return [
    route(api.mergeContacts, ({ params, body }, context) =>
      mergeByAgent(deps, context.principal, actorOf(context), { ...params, ...body }),
    ),
    route(api.listMerges, async ({ params, query }, { principal }) => {
      const { id } = await mustSee(principal, params.id)
      return listMerges(db, id, query)
    }),
    route(api.undoMerge, ({ params }, context) => undoMerge(deps, context.principal, actorOf(context), params.id)),
    route(api.suggestMerges, async ({ params }, { principal }) => ({
      suggestions: await suggestMerges(db, principal, await mustSee(principal, params.id)),
    })),
    route(api.listMergeSuggestions, ({ query }, { principal }) => listMergeSuggestions(db, principal, query.cursor)),
    route(api.keepApart, async ({ params, body }, { principal }) => {
      const [contact, other] = [await mustSee(principal, params.id), await mustSee(principal, body.otherId)]
      if (contact.id === other.id) throw new AppError('invalid-input', { detail: 'A contact is itself' })
      const pair = { contactId: contact.id, otherId: other.id, agentId: principal.agentId }
      await keepApartWithin(db, pair, clock.now())
    }),
  ]
}
