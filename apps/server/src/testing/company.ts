import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Channel } from '@qiao/channels'
import type { Role } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { afterAll } from 'vitest'
import { createAgent, createFirstAdmin } from '#access'
import type { Clock } from '#platform/clock'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog, type Log } from '#platform/log'
import { readConfig } from '../config.ts'
import { startServer } from '../main.ts'

/** What a caller shows to be let in. */
export type Credentials = Record<string, string>

export interface Answer {
  status: number
  code: string | null
  text: string
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every endpoint
  body: any
}

const password = 'a password for tests'
/** Nobody but those who may see the first team's inbox may ever be sent this. */
export const marker = 'only-for-the-first-team'

export const metricsToken = 'a token for Prometheus'

export type Company = Awaited<ReturnType<typeof startCompany>>

/**
 * The whole server as it runs, with two teams of which each has its own inbox, and people of every role. With `settings`
 * of several processes, `another` starts one more of them.
 */
export async function startCompany(
  settings: Record<string, string> = {},
  given: { channels?: readonly Channel[]; log?: Log; clock?: Clock } = {},
) {
  const { db, pool, url: databaseUrl } = await createTestDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'qiao-company-'))
  afterAll(() => rm(dataDir, { recursive: true, force: true }))
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    QIAO_DATA_DIR: dataDir,
    QIAO_ROLES: 'web',
    QIAO_DEMO: 'off',
    QIAO_ALLOW_PRIVATE_TARGETS: 'on',
    QIAO_METRICS_TOKEN: metricsToken,
    ...settings,
  })
  const log = given.log ?? createLog({ level: 'error' })
  const { channels, clock } = given
  const more = { ...(channels ? { channels } : {}), ...(clock ? { clock } : {}) }
  /** `GET /healthz`, and so on: all that the server answers. */
  const routes = new Set<string>()
  const onRoute = (method: string, path: string): unknown => routes.add(`${method} ${path}`)
  const server = await startServer(config, { log, checkResponses: true, onRoute, ...more })
  afterAll(() => server.stop())
  const { url } = server
  /** As browsers see it; requests of the tests go to `url`. */
  const origin = settings['QIAO_URL'] ?? url
  async function another(): Promise<string> {
    const one = await startServer(config, { log, checkResponses: true, ...more })
    afterAll(() => one.stop())
    return one.url
  }

  async function call(method: string, path: string, credentials: Credentials, body?: unknown): Promise<Answer> {
    const raw = body instanceof Buffer
    const response = await fetch(url + path, {
      method,
      headers: {
        ...credentials,
        ...(body === undefined ? {} : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: raw ? new Uint8Array(body) : JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed: Answer['body'] = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null
    return { status: response.status, code: response.ok ? null : (parsed?.code ?? null), text, body: parsed }
  }

  /** Throws unless it works: for what a test needs before it begins. */
  async function must(method: string, path: string, credentials: Credentials, body?: unknown): Promise<Answer['body']> {
    const answer = await call(method, path, credentials, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.body
  }

  async function signIn(email: string): Promise<Credentials> {
    const response = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ email, password }),
    })
    if (!response.ok) throw new Error(await response.text())
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
    return { cookie: cookies.join('; '), origin }
  }

  const now = clock?.now() ?? new Date()
  const admin = { name: 'Admin', email: 'admin@example.com', password }
  const setup = { ...admin, organisationName: 'Example', language: 'en', timeZone: 'UTC' } as const
  const adminId = (await db.transaction().execute((tx) => createFirstAdmin(tx, setup, now))).id
  const asAdmin = await signIn(admin.email)
  const team = async (name: string): Promise<string> => (await must('POST', '/api/v1/teams', asAdmin, { name })).id
  const inbox = async (teamId: string): Promise<{ id: string; key: string }> =>
    must('POST', '/api/v1/inboxes', asAdmin, { name: 'Inbox', teamIds: [teamId] })
  async function colleague(name: string, role: Role, teamId: string) {
    const email = `${name}@example.com`
    const { id } = await createAgent(db, { name, email, password, role, teamIds: [teamId] }, now)
    return { id, credentials: await signIn(email) }
  }

  const teams = { first: await team('First'), second: await team('Second') }
  const inboxes = { first: await inbox(teams.first), second: await inbox(teams.second) }

  /** Somebody who wrote once. */
  async function visitor(key = inboxes.first.key, text = marker) {
    const opened = await must('POST', `/api/client/v1/inboxes/${key}/sessions`, {}, {})
    const credentials = { authorization: `Bearer ${opened.token}` }
    const sent = await must('POST', '/api/client/v1/messages', credentials, {
      clientKey: uuidv7(),
      conversationId: null,
      content: { type: 'text', text },
    })
    return {
      token: String(opened.token),
      credentials,
      contactId: String(opened.visitor.contactId),
      conversationId: String(sent.conversation.id),
    }
  }

  return {
    url,
    smtpPort: server.smtpPort,
    databaseUrl,
    dataDir,
    another,
    db,
    pool,
    routes,
    call,
    must,
    visitor,
    teams,
    inboxes,
    admin: { id: adminId, credentials: asAdmin },
    lead: await colleague('lead', 'lead', teams.first),
    agent: await colleague('agent', 'agent', teams.first),
    outsider: await colleague('outsider', 'agent', teams.second),
    spare: await colleague('spare', 'agent', teams.second),
  }
}
