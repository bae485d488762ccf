import type { Role } from '@qiao/protocol'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type pg from 'pg'
import { afterAll } from 'vitest'
import { manualClock, type ManualClock } from '#platform/clock'
import { createSealer } from '#platform/crypto'
import { createTestDatabase } from '#platform/database/test-database'
import { createHttpServer, registerRoutes } from '#platform/http/server'
import { createLog } from '#platform/log'
import type { Mail } from '#platform/mail'
import { createMailQueue } from '#platform/mail-queue'
import type { Route } from '#platform/http/route'
import { type Access, createAccess } from './access.ts'
import { mountAuthRoutes } from './auth-routes.ts'
import { createFirstAdmin } from './complete-setup.ts'
import { createAgent } from './create-agent.ts'
import type { Credentials } from './identify.ts'

/** The real server's parts for tests of access and of the modules above it: PostgreSQL, Fastify, the sign-in library. */
export async function startAccess(moreRoutes: (access: Access) => Route[] = () => [], empty = false) {
  const database = await createTestDatabase()
  const log = createLog({ level: 'error' })
  const clock = manualClock(new Date())
  const url = 'http://localhost:3000'
  const secret = 'secret '.repeat(8)
  const mailer = { sends: true, send: () => Promise.reject(new Error('nothing works here')), close: () => undefined }
  const mails = createMailQueue({ mailer, secret, clock, log })
  const access = createAccess({ db: database.db, url, secret, clock, log, mails })
  const options = {
    log,
    trustProxy: true,
    resolveAgent: (request: Credentials) => access.resolveAgent(request),
    resolveVisitor: async () => null,
    checkResponses: true,
  }
  const app = createHttpServer(options)
  mountAuthRoutes(app, access)
  registerRoutes(app, moreRoutes(access), options)
  await app.ready()
  afterAll(() => app.close())
  const browser = (from: { ip?: string } = {}): Browser => openBrowser(app, access, from.ip ?? '198.51.100.1')
  const admin = await staff(access, clock, empty)
  return { app, access, clock, browser, admin, db: database.db, mails: () => queuedMails(database.pool, secret) }
}

/** What waits to be sent, oldest first. */
async function queuedMails(pool: pg.Pool, secret: string) {
  const { rows } = await pool.query<{ payload: { sealed: string; until: string } }>(
    'select payload from graphile_worker._private_jobs order by id',
  )
  const sealer = createSealer(secret)
  return rows.map(({ payload }) => {
    const mail: Mail = JSON.parse(sealer.open(payload.sealed, 'mail job'))
    return { ...mail, until: payload.until, stored: JSON.stringify(payload) }
  })
}

async function staff(access: Access, clock: ManualClock, empty: boolean) {
  const admin = { email: 'admin@example.com', password: 'the first password', name: 'Admin' }
  const setup = { ...admin, organisationName: 'Example', language: 'en', timeZone: 'Asia/Shanghai' } as const
  const made = empty
    ? { id: '' }
    : await access.db.transaction().execute((tx) => createFirstAdmin(tx, setup, clock.now()))
  let number = 0
  const colleague = async (role: Role, teamIds: string[] = []) => {
    number += 1
    const agent = {
      name: `${role} ${number}`,
      email: `${role}${number}@example.com`,
      password: `password of ${number}`,
    }
    const { id } = await createAgent(access.db, { ...agent, role, teamIds }, clock.now())
    return { ...agent, id }
  }
  return { ...admin, id: made.id, colleague }
}

type Headers = Record<string, string | undefined>
export type Browser = ReturnType<typeof openBrowser>

/** Keeps cookies and sends the headers of a page of ours, as a browser does. */
function openBrowser(app: FastifyInstance, access: Access, ip: string) {
  const cookies = new Map<string, string>()
  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  async function send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
    headers?: Headers,
  ) {
    const sent: Headers = {
      host: 'localhost:3000',
      origin: method === 'GET' ? undefined : 'http://localhost:3000',
      cookie: cookies.size > 0 ? cookieHeader() : undefined,
      'x-forwarded-for': ip,
      'user-agent': 'Test browser',
      ...headers,
    }
    const given = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined))
    const request: InjectOptions = { method, url, headers: given }
    const response = await app.inject(body ? { ...request, payload: body } : request)
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) cookies.delete(name)
      else cookies.set(name, encodeURIComponent(value))
    }
    return response
  }
  return {
    cookies,
    cookieHeader,
    send,
    get: (url: string, headers?: Headers) => send('GET', url, undefined, headers),
    post: (url: string, body: object, headers?: Headers) => send('POST', url, body, headers),
    put: (url: string, body: object) => send('PUT', url, body),
    patch: (url: string, body: object) => send('PATCH', url, body),
    delete: (url: string) => send('DELETE', url),
    signIn: (email: string, password: string) => send('POST', '/api/auth/sign-in/email', { email, password }),
    principal: () => access.resolveAgent({ headers: { cookie: cookieHeader() } }),
  }
}
