import * as api from '@qiao/protocol'
import { findContact } from '#contacts'
import { bind } from '#merging'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import { toVisitor } from './open-session.ts'
import type { WebchatDeps } from './webchat-deps.ts'

/** A link that was made for the visitor on another channel, opened here. */
export function bindRoutes(deps: WebchatDeps): Route[] {
  return [
    route(api.useBindLink, async ({ body }, { principal }) => {
      deps.limits.messages.take(`bind:${principal.contactId}`)
      const { bound, contactId } = await bind(deps, body.token, principal.identityId)
      const contact = await findContact(deps.db, contactId)
      if (!contact) throw new AppError('visitor-token-invalid')
      return { visitor: toVisitor(contact), bound }
    }),
  ]
}
