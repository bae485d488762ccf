import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { Clock } from '#platform/clock'
import { hashToken } from '#platform/crypto'
import type { Database } from '#platform/database/connect'
import type { AgentPrincipal } from '#platform/principal'
import { createShortCache } from '#platform/short-cache'
import { weakerRole } from './agent-rules.ts'
import { changesSomething, checkOrigin } from './origin.ts'
import type { SignIn } from './sign-in-library.ts'
import { readAgent, toRole } from './store.ts'

export interface Identity {
  principal: AgentPrincipal
  /** Of a browser. */
  sessionId: string | null
}

/** The part of a request (or of a WebSocket upgrade) that says who sends it. */
export interface Credentials {
  headers: IncomingHttpHeaders
  method?: string | undefined
}

export interface Identifier {
  identify(request: Credentials): Promise<Identity | null>
  /** Forgets what was read: of one agent, or of all. */
  forget(agentIds?: readonly string[]): void
}

interface Options {
  db: Database
  signIn: SignIn
  url: string
  clock: Clock
}

export const keyPrefix = 'qiao_'
/** Every request asks who calls; a screen that loads sends dozens at once. Changes of this process are seen at once. */
const keptMilliseconds = 5000
const touchEveryMilliseconds = 60_000
type Touched = 'auth_sessions' | 'agents' | 'api_keys'

export function createIdentifier({ db, signIn, url, clock }: Options): Identifier {
  const kept = createShortCache<Identity>(keptMilliseconds)

  async function fromSession(cookie: string): Promise<Identity | null> {
    const found = await signIn.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } })
    if (!found) return null
    const agent = await readAgent(db, found.session.userId)
    if (agent.disabled_at) return null
    await touch('auth_sessions', 'updated_at', found.session.id, found.session.updatedAt)
    await touch('agents', 'last_seen_at', agent.id, agent.last_seen_at)
    const role = toRole(agent.role)
    return {
      sessionId: found.session.id,
      principal: {
        type: 'agent',
        agentId: agent.id,
        role,
        teamIds: agent.team_ids,
        inboxIds: role === 'admin' ? 'all' : agent.inbox_ids,
        via: 'browser',
      },
    }
  }

  async function fromKey(secret: string): Promise<Identity | null> {
    const key = await db
      .selectFrom('api_keys')
      .select(['id', 'role', 'agent_id', 'expires_at', 'last_used_at'])
      .where('secret_hash', '=', hashToken(secret))
      .executeTakeFirst()
    if (!key || (key.expires_at && key.expires_at <= clock.now())) return null
    const agent = await readAgent(db, key.agent_id)
    if (agent.disabled_at) return null
    await touch('api_keys', 'last_used_at', key.id, key.last_used_at)
    const role = weakerRole(toRole(key.role), toRole(agent.role))
    return {
      sessionId: null,
      principal: {
        type: 'agent',
        agentId: agent.id,
        role,
        teamIds: agent.team_ids,
        inboxIds: role === 'admin' ? 'all' : agent.inbox_ids,
        via: 'api-key',
      },
    }
  }

  /** Written at most once a minute, however much somebody does. */
  async function touch(table: Touched, column: string, id: string, before: Date | null): Promise<void> {
    const now = clock.now()
    if (before && now.getTime() - before.getTime() < touchEveryMilliseconds) return
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${now} where id = ${id}`.execute(db)
  }

  return {
    async identify({ headers, method = 'GET' }) {
      const secret = /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1]
      if (secret?.startsWith(keyPrefix)) {
        return kept.read(hashToken(secret).toString('base64'), () => fromKey(secret))
      }
      const name = (await signIn.$context).authCookies.sessionToken.name
      const cookie = cookieOf(headers.cookie, name)
      if (!cookie) return null
      const identity = await kept.read(cookie, () => fromSession(cookie))
      if (identity && changesSomething(method)) checkOrigin(headers, url)
      return identity
    },
    forget: (agentIds) => kept.forget(agentIds && (({ principal }) => agentIds.includes(principal.agentId))),
  }
}

/** `name=value` as it was sent. */
function cookieOf(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`) && part.length > name.length + 1)
}
