import { test as base, type Browser, type Cookie, expect, type Page } from '@playwright/test'
import type { Me } from '@qiao/protocol'
import { demoPassword, people } from '../../apps/server/src/demo/company.ts'
import type { Handle } from '../../apps/server/src/demo/story.ts'
import { answerLate, shaken } from './answer-late.ts'
import { type Browsers, browsersOf } from './browsers.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { type QiaoServer, startQiao } from './qiao-server.ts'

export { expect }

interface WorkerFixtures {
  /** Those of this worker's journeys. */
  browsers: Browsers
  /** Takes every mail that this worker's server sends. */
  mails: MailServer
  /** A server of this worker's own, with the demo company. */
  qiao: QiaoServer
}
interface TestFixtures {
  /** A browser of its own in which somebody of the demo company is signed in. */
  agent: (handle: Handle, options?: AgentOptions) => Promise<Page>
  /** A browser of its own: nothing is there of other visitors. */
  stranger: (options?: ContextOptions) => Promise<Page>
}
type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>
type AgentOptions = ContextOptions & {
  /** The page that is opened; the inbox without it. */
  at?: string
  /** Of the browser and of the workspace; what the person speaks without it. */
  language?: Me['preferences']['language']
}

/** For who only calls the API, or goes somewhere else first: a page that is nothing but an answer of it. */
export const callsOnly = { at: '/api/v1/me' } satisfies AgentOptions

/** The cookies of who signed in on the server of this worker, which is a process of its own: a password takes time to check. */
const sessions = new Map<Handle, Cookie[]>()

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browsers: [async ({ browser }, use) => use(browsersOf(browser)), { scope: 'worker' }],
  mails: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const server = await startMailServer()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  qiao: [
    async ({ mails }, use) => {
      const server = await startQiao({ demo: true, smtpUrl: mails.url })
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 150_000 },
  ],
  baseURL: async ({ qiao }, use) => use(qiao.url),
  stranger: async ({ browsers, qiao, contextOptions }, use, info) => {
    const pages: Page[] = []
    await use(async (options = {}) => {
      const page = await browsers.take({ ...contextOptions, ...defaults, baseURL: qiao.url, ...options })
      if (shaken) await answerLate(page)
      pages.push(page)
      return page
    })
    // Where something went wrong it may be the browser that did.
    const failed = info.status !== info.expectedStatus
    for (const page of pages) await (failed ? browsers.close(page) : browsers.giveBack(page))
  },
  agent: async ({ stranger, qiao }, use) => {
    await use(async (handle, { at = '/inbox', language, ...options } = {}) => {
      const page = await stranger({ ...(language && { locale: language }), ...options })
      await page.context().addCookies(sessions.get(handle) ?? [])
      const speaks = language ?? people.find((person) => person.handle === handle)?.language
      if (!(await welcome(page, qiao.url, speaks))) {
        await signIn(page, qiao.url, handle)
        expect(await welcome(page, qiao.url, speaks)).toBe(true)
        sessions.set(handle, await page.context().cookies())
      }
      await page.goto(at)
      return page
    })
  },
})

const defaults: ContextOptions = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }

/** A phone as most visitors hold it. */
export const phone: ContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

export const emailOf = (handle: Handle): string => people.find((person) => person.handle === handle)?.email ?? ''

/** Past the sign-in page, which has a journey of its own. */
async function signIn(page: Page, url: string, handle: Handle): Promise<void> {
  const response = await page.request.post('/api/auth/sign-in/email', {
    headers: { origin: url },
    data: { email: emailOf(handle), password: demoPassword },
  })
  expect(response.status(), await response.text()).toBe(200)
}

/** Another journey on this server may have left the person with another language or theme. False for who is not signed in. */
async function welcome(page: Page, url: string, language?: string): Promise<boolean> {
  const preferences = { language, theme: 'system' }
  const changed = await page.request.patch('/api/v1/me', { headers: { origin: url }, data: { preferences } })
  if (changed.status() === 401) return false
  expect(changed.ok(), await changed.text()).toBe(true)
  return true
}

/** Calls the API as the signed-in agent of a page. */
export async function callApi<Answer>(
  page: Page,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  data?: unknown,
): Promise<Answer> {
  const origin = new URL(page.url()).origin
  const response = await page.request.fetch(`/api/v1${path}`, { method, headers: { origin }, data })
  expect(response.ok(), `${method} ${path}: ${await response.text()}`).toBe(true)
  const text = await response.text()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test that calls names what its endpoint answers
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

export const file = (name: string): string => `${process.env['E2E_FOLDER'] ?? ''}/files/${name}`
