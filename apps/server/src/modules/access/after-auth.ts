import type { FastifyRequest } from 'fastify'
import type { Access } from './access.ts'
import type { AuthPath } from './auth-paths.ts'
import { recordAudit } from './audit.ts'
import type { Identity } from './identify.ts'

/** Writes down what a successful call of the sign-in library did, and tells who may be affected. */
export async function afterAuth(
  access: Access,
  path: AuthPath,
  before: Identity | null,
  answer: Record<string, unknown>,
  request: FastifyRequest,
): Promise<void> {
  const agentId = path === '/sign-in/email' ? agentOf(answer) : (before?.principal.agentId ?? agentOf(answer))
  if (!agentId) return
  const done = before ? doneSignedIn[path] : doneSigningIn[path]
  if (!done) return
  const actor = { agentId, ipAddress: request.ip }
  await recordAudit(access.db, actor, done, { type: 'agent', id: agentId }, {}, access.clock.now())
  if (path === '/sign-out') access.announce({ agentIds: [agentId], reason: 'signed-out' })
  else if (path === '/change-password') access.announce({ agentIds: [agentId], reason: 'password' })
  else access.forget([agentId])
}

/** By path, with an open session. Confirming a code there is the last step of switching the second factor on. */
const doneSignedIn: Partial<Record<AuthPath, string>> = {
  '/sign-in/email': 'agent.signed-in',
  '/sign-out': 'agent.signed-out',
  '/change-password': 'agent.password-changed',
  '/two-factor/verify-totp': 'agent.two-factor-enabled',
  '/two-factor/disable': 'agent.two-factor-disabled',
  '/two-factor/generate-backup-codes': 'agent.backup-codes-made',
}
const doneSigningIn: Partial<Record<AuthPath, string>> = {
  '/sign-in/email': 'agent.signed-in',
  '/two-factor/verify-totp': 'agent.signed-in',
  '/two-factor/verify-backup-code': 'agent.signed-in',
}

/** A sign-in that still wants the second factor names nobody yet. */
function agentOf(answer: Record<string, unknown>): string | null {
  const { user } = answer
  return typeof user === 'object' && user !== null && 'id' in user && typeof user.id === 'string' ? user.id : null
}
