import type { FastifyRequest } from 'fastify'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import { createListeners } from '#platform/listeners'
import type { Log } from '#platform/log'
import type { MailQueue } from '#platform/mail-queue'
import type { AgentPrincipal } from '#platform/principal'
import type { AccessChange, AccessChanges, StaffChange } from './access-change.ts'
import { resetMail } from './access-mails.ts'
import { readPreferences } from './agent-rules.ts'
import { type Actor, recordAudit } from './audit.ts'
import { createIdentifier, type Credentials, type Identifier } from './identify.ts'
import { createSignIn, resetLinkSeconds, type SignIn } from './sign-in-library.ts'
import { readAgent } from './store.ts'

interface AccessOptions {
  db: Database
  /** QIAO_URL, without a trailing slash. */
  url: string
  /** QIAO_SECRET. */
  secret: string
  clock: Clock
  log: Log
  mails: MailQueue
}

/** What the rest of the server needs to know who calls; made once by the composition root. */
export interface Access extends AccessChanges, Identifier, AccessOptions {
  signIn: SignIn
  resolveAgent(request: Credentials): Promise<AgentPrincipal | null>
}

export function createAccess(options: AccessOptions): Access {
  const { db, url, clock, log, mails } = options
  const changes = createListeners<AccessChange>()
  const lists = createListeners<StaffChange>()
  const signIn = createSignIn({
    ...options,
    sendReset: (agent, token) => {
      // Not awaited: the time that it takes would tell a stranger that the address has an account.
      void sendReset(agent, token).catch((error: unknown) => log.error({ err: error }, 'a reset mail was not queued'))
    },
    passwordReset: async (agentId) => {
      await recordAudit(db, { agentId }, 'agent.password-reset', { type: 'agent', id: agentId }, {}, clock.now())
      changes.announce({ agentIds: [agentId], reason: 'password' })
    },
  })
  const identifier = createIdentifier({ db, signIn, url, clock })
  changes.listen(({ agentIds }) => identifier.forget(agentIds === 'all' ? undefined : agentIds))

  async function sendReset(agent: { id: string; email: string }, token: string): Promise<void> {
    const row = await readAgent(db, agent.id)
    if (row.disabled_at) return
    const link = `${url}/reset-password?token=${encodeURIComponent(token)}`
    const until = new Date(clock.now().getTime() + resetLinkSeconds * 1000)
    await mails.add(db, resetMail(row, link, readPreferences(row.preferences).language), until)
  }

  return {
    ...options,
    announce: changes.announce,
    onAccessChanged: changes.listen,
    announceList: lists.announce,
    onListChanged: lists.listen,
    ...identifier,
    signIn,
    resolveAgent: async (request) => (await identifier.identify(request))?.principal ?? null,
  }
}

/** Who stands in the audit log for a request. */
export const actorOf = (context: { principal: AgentPrincipal; request: FastifyRequest }): NonNullable<Actor> => ({
  agentId: context.principal.agentId,
  ipAddress: context.request.ip,
})
