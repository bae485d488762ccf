import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#platform/errors'
import type { Access } from './access.ts'
import { afterAuth } from './after-auth.ts'
import { confirmLimits, countAttempt, forgiveAttempts, type Limit, resetLimits, signInLimits } from './attempts.ts'
import { type AuthPath, authPaths, type PathKind } from './auth-paths.ts'
import type { Identity } from './identify.ts'
import { checkOrigin, refuseForeignOrigin } from './origin.ts'
import { clientAddressHeader } from './sign-in-library.ts'

type Body = Record<string, unknown>

export function mountAuthRoutes(app: FastifyInstance, access: Access): void {
  for (const { path, kind } of authPaths) {
    app.post(`/api/auth${path}`, (request, reply) => handle(access, path, kind, request, reply))
  }
}

async function handle(access: Access, path: AuthPath, kind: PathKind, request: FastifyRequest, reply: FastifyReply) {
  if (request.headers.cookie) checkOrigin(request.headers, access.url)
  else refuseForeignOrigin(request.headers, access.url)
  const identity = await access.identify({ headers: { ...request.headers, authorization: undefined }, method: 'POST' })
  if (kind === 'signed-in' && !identity) throw new AppError('not-signed-in')
  const body = bodyFor(path, request.body)
  const limits = limitsOf(kind, body, request.ip, identity)
  await countAttempt(access.db, limits, access.clock.now())
  const response = await access.signIn.handler(toWebRequest(access.url, path, request, body))
  const answer = await readAnswer(response)
  // Asking for a reset link counts even when it succeeds: each one sends a mail.
  if (response.ok && kind !== 'reset') await forgiveAttempts(access.db, limits)
  if (response.ok) await afterAuth(access, path, identity, answer, request)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) void reply.header('set-cookie', cookies)
  return reply.status(response.status).header('cache-control', 'no-store').send(answer)
}

function limitsOf(kind: PathKind, body: Body, ip: string, identity: Identity | null): Limit[] {
  const email = typeof body.email === 'string' ? body.email.trim().toLowerCase().slice(0, 320) : ''
  if (kind === 'sign-in') return signInLimits(email, ip)
  if (kind === 'reset') return resetLimits(email, ip)
  return kind === 'signed-in' && identity ? confirmLimits(identity.principal.agentId) : []
}

/** Only what the path needs: no redirects, and a new password ends the other sessions unless they are to stay. */
function bodyFor(path: AuthPath, sent: unknown): Body {
  const body: Body = typeof sent === 'object' && sent !== null ? { ...sent } : {}
  delete body.callbackURL
  delete body.redirectTo
  if (path === '/change-password') body.revokeOtherSessions ??= true
  if (path === '/two-factor/enable') body.method = 'totp'
  return body
}

function toWebRequest(url: string, path: AuthPath, request: FastifyRequest, body: Body): Request {
  const headers = new Headers({ 'content-type': 'application/json', [clientAddressHeader]: request.ip })
  for (const name of ['cookie', 'user-agent', 'origin'] as const) {
    const value = request.headers[name]
    if (value) headers.set(name, value)
  }
  return new Request(`${url}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

/** The session's token belongs into the HttpOnly cookie and nowhere else. */
async function readAnswer(response: Response): Promise<Body> {
  if (response.status >= 500) throw new AppError('internal')
  const text = await response.text()
  const answer: unknown = text ? JSON.parse(text) : {}
  const body: Body = typeof answer === 'object' && answer !== null ? { ...answer } : {}
  if (response.status === 429) {
    const detail = typeof body.message === 'string' ? body.message : undefined
    // The library locks the second factor for this long and does not say how much of it is left.
    throw new AppError('rate-limited', { ...(detail ? { detail } : {}), retryAfterSeconds: 900 })
  }
  delete body.token
  return body
}
