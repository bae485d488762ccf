import * as api from '@qiao/protocol'
import type { FastifyRequest } from 'fastify'
import { actorOf } from '#access'
import { randomToken } from '#platform/crypto'
import { type Route, route } from '#platform/http/route'
import type { ChannelDeps } from '../channel-deps.ts'
import { beginAccess, finishAccess } from './grant-access.ts'

/** Names the browser in which access is being granted: an answer that was begun elsewhere is none of it. */
const cookieOf = ({ url }: Pick<ChannelDeps, 'url'>): string =>
  url.startsWith('https:') ? '__Host-qiao-access' : 'qiao-access'
const cookieSeconds = 20 * 60

export function accessRoutes(deps: ChannelDeps): Route[] {
  const browserOf = (request: FastifyRequest): string | null => request.cookies[cookieOf(deps)] ?? null
  return [
    route(api.beginChannelAccess, async ({ params }, { principal, request, reply }) => {
      const browser = browserOf(request) ?? randomToken()
      const begun = await beginAccess(deps, params.id, { agentId: principal.agentId, browser })
      void reply.setCookie(cookieOf(deps), browser, {
        path: '/',
        httpOnly: true,
        secure: deps.url.startsWith('https:'),
        // Only our own page sends it, when it is there again.
        sameSite: 'strict',
        maxAge: cookieSeconds,
      })
      return begun
    }),
    route(api.finishChannelAccess, ({ body }, context) => {
      const { agentId } = context.principal
      return finishAccess(deps, body, { actor: actorOf(context), agentId, browser: browserOf(context.request) })
    }),
  ]
}
