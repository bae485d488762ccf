import type { Inbox, OutputOf, takeSignIn as endpoint } from '@qiao/protocol'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { AppError } from '#platform/errors'
import { openFor } from './open-session.ts'
import { takeAdmitted } from './sign-in-attempts.ts'
import { browserOf } from './sign-in-pages.ts'
import type { WebchatDeps } from './webchat-deps.ts'

/**
 * The second half of signing in: our own page, in the browser that came back from the provider, becomes that person. Asked
 * for by no page of anybody else: the cookie does not go with their requests, and one that could send it is refused.
 */
export async function takeSignIn(
  deps: WebchatDeps,
  inbox: Inbox,
  { language, device }: z.output<typeof endpoint.body>,
  request: FastifyRequest,
): Promise<OutputOf<typeof endpoint>> {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') throw new AppError('origin-refused')
  const browser = browserOf(deps, request)
  const admitted =
    browser === null || inbox.settings.audience !== 'staff'
      ? null
      : await takeAdmitted(deps.db, { inboxId: inbox.id, browser }, deps.clock.now())
  if (!admitted) throw new AppError('identity-invalid', { detail: 'Nobody has just signed in with this browser.' })
  const presets = {
    ...(language ? { language } : {}),
    ...(device ? { device, timeZone: device.timeZone ?? null } : {}),
  }
  return openFor(deps, inbox, {
    claims: admitted.person,
    presets,
    anonymous: null,
    until: new Date(admitted.until),
  })
}
