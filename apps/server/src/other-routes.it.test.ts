import * as protocol from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { type Credentials, marker, metricsToken, startCompany } from './testing/company.ts'

/** Who may reach what lies beside the endpoints of the protocol: pages, files, health, sign-in. */
const company = await startCompany()
const page = { accept: 'text/html' }
const prometheus = { authorization: `Bearer ${metricsToken}` }
const made = { attachmentId: uuidv7(), link: '', visitor: {} as Credentials, contactId: '', conversationId: '' }

beforeAll(async () => {
  const { credentials, ...visitor } = await company.visitor()
  const path = `/api/client/v1/attachments/${made.attachmentId}?name=${marker}.txt&type=text/plain`
  await company.must('PUT', path, credentials, Buffer.from(`${marker}\n`))
  const content = { type: 'file', attachment: { id: made.attachmentId, name: 'x', mime: 'text/plain', bytes: 1 } }
  const message = { clientKey: uuidv7(), conversationId: visitor.conversationId, content }
  await company.must('POST', '/api/client/v1/messages', credentials, message)
  const asked = { ids: [made.attachmentId] }
  const { attachments } = await company.must('POST', '/api/v1/attachments/links', company.agent.credentials, asked)
  Object.assign(made, visitor, { visitor: credentials, link: attachments[0].links.download })
})

const callers: [string, () => Credentials][] = [
  ['a stranger', () => ({})],
  ['the visitor', () => made.visitor],
  ['an agent of another team', () => company.outsider.credentials],
  ['an administrator', () => company.admin.credentials],
]

const open = [200]
/** Not built where only the server is tested. */
const built = [200, 503]
const secondStep = ['/two-factor/verify-backup-code', '/two-factor/verify-totp']
const free = ['/reset-password', '/request-password-reset', '/sign-in/email', '/sign-out', ...secondStep]
const signedIn = ['/change-password', '/two-factor/disable', '/two-factor/enable', '/two-factor/generate-backup-codes']

/** Route → what is asked for, and how everybody must be answered, whoever they are. */
const others: Record<string, { path: string; headers?: Credentials; status: number[] }> = {
  'GET /healthz': { path: '/healthz', status: open },
  'GET /readyz': { path: '/readyz', status: open },
  'GET /metrics': { path: '/metrics', status: [401] },
  'GET /api/openapi.json': { path: '/api/openapi.json', status: open },
  'GET /api/docs': { path: '/api/docs', status: open },
  'GET /api/docs/reference.css': { path: '/api/docs/reference.css', status: open },
  'GET /api/docs/channels/:page': { path: '/api/docs/channels/telegram', status: open },
  'GET /widget.js': { path: '/widget.js', status: built },
  'GET /chat/:key': { path: '/chat/no-such-inbox', status: [404] },
  'GET /chat/:key/sign-in': { path: '/chat/no-such-inbox/sign-in', status: [404] },
  'GET /chat/:key/signed-in': { path: '/chat/no-such-inbox/signed-in', status: [404] },
  'GET /*': { path: '/inbox', headers: page, status: built },
  'GET /assets/*': { path: '/assets/..%2findex.html', status: [403, 404] },
  'GET /chat/assets/*': { path: '/chat/assets/..%2f..%2f..%2f..%2fserver%2fpackage.json', status: [403, 404] },
  'GET /channels/:callbackKey': { path: '/channels/no-such-account', status: [404] },
  'POST /channels/:callbackKey': { path: '/channels/no-such-account', status: [404] },
  'GET /media/remote': { path: '/media/remote?u=https%3A%2F%2Fexample.com%2Fa.png&e=4102444800&s=x', status: [403] },
  'GET /media/:id/:variant': { path: `/media/${made.attachmentId}/original`, status: [404] },
}

test('every route that is no endpoint of the protocol is walked, and nothing else', () => {
  const endpoints = Object.values<unknown>(protocol).flatMap((value) =>
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value
      ? [`${String(value.method)} ${String(value.path)}`]
      : [],
  )
  // HEAD comes with each GET; the folders of assets are there once they are built.
  const found = [...company.routes].filter((route) => !route.startsWith('HEAD '))
  const walked = [...Object.keys(others), ...[...free, ...signedIn].map((path) => `POST /api/auth${path}`)]
  const beside = found.filter((route) => !endpoints.includes(route))
  expect(beside.filter((route) => !walked.includes(route))).toEqual([])
  expect(walked.filter((route) => !found.includes(route) && !route.includes('assets/'))).toEqual([])
})

test.each(callers)('%s reaches what is for everybody, and nothing more', async (_name, credentials) => {
  const wrong: string[] = []
  for (const [route, { path, headers = {}, status }] of Object.entries(others)) {
    if (!company.routes.has(route)) continue
    const answer = await company.call('GET', path, { ...credentials(), ...headers })
    if (!status.includes(answer.status)) wrong.push(`${route}: ${answer.status}`)
    for (const secret of [marker, made.contactId, made.conversationId]) {
      if (answer.text.includes(secret)) wrong.push(`${route} tells ${secret}`)
    }
  }
  expect(wrong).toEqual([])
})

test('the front page is there for who asks for no kind of answer; a page of the app is no answer to a program', async () => {
  for (const path of ['/', '/?from=monitor']) {
    const { status } = await company.call('GET', path, { accept: '*/*' })
    expect({ path, status: built.includes(status) }).toEqual({ path, status: true })
  }
  expect((await company.call('GET', '/conversations', { accept: '*/*' })).status).toBe(404)
})

test('metrics are for who has the token', async () => {
  const { status, text } = await company.call('GET', '/metrics', prometheus)
  expect([status, text.includes('qiao_connections')]).toEqual([200, true])
  for (const authorization of ['Bearer', `Bearer ${metricsToken}x`, `bearer ${metricsToken}`, metricsToken]) {
    expect((await company.call('GET', '/metrics', { authorization })).status).toBe(401)
  }
})

test('metrics count connections, messages, requests, flushes and jobs; a repeat is no new message', async () => {
  const count = async (line: RegExp): Promise<number> => {
    const { text } = await company.call('GET', '/metrics', prometheus)
    return Number(line.exec(text)?.[1] ?? 0)
  }
  const received = /^qiao_entries_appended_total\{kind="message\.received"\} (\d+)$/m
  const started = /^qiao_entries_appended_total\{kind="conversation\.started"\} (\d+)$/m
  const before = [await count(started), await count(received)]
  const { credentials, conversationId } = await company.visitor()
  const again = { clientKey: uuidv7(), conversationId, content: { type: 'text', text: 'again' } }
  for (let turn = 0; turn < 3; turn += 1) await company.must('POST', '/api/client/v1/messages', credentials, again)
  expect([await count(started), await count(received)]).toEqual([before[0]! + 1, before[1]! + 2])
  expect(await count(/^qiao_append_seconds_count (\d+)$/m)).toBeGreaterThan(0)
  expect(await count(/^qiao_http_seconds_count\{.*route="\/api\/client\/v1\/messages".*\} (\d+)$/m)).toBeGreaterThan(2)
  const { text } = await company.call('GET', '/metrics', prometheus)
  for (const name of ['qiao_connections', 'qiao_jobs_waiting', 'qiao_job_seconds'])
    expect(text).toContain(`# TYPE ${name}`)
})

test('a file is reached by its signed link alone, which only those who see the conversation are given', async () => {
  const { call } = company
  const link = new URL(made.link, company.url)
  const path = link.pathname + link.search
  expect(await call('GET', path, {})).toMatchObject({ status: 200, text: `${marker}\n` })
  const [, , id = '', variant = ''] = link.pathname.split('/')
  const expires = link.searchParams.get('e') ?? ''
  const changed = [
    link.pathname,
    path.replace(variant, variant === 'original' ? 'preview' : 'original'),
    path.replace(id, uuidv7()),
    path.replace(`e=${expires}`, `e=${Number(expires) + 60}`),
    `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`,
  ]
  // Not even an administrator is let in by who they are: a picture's address is all that a browser sends on.
  for (const other of changed) {
    for (const credentials of [{}, company.admin.credentials]) {
      const { status, text } = await call('GET', other, credentials)
      expect([403, 404]).toContain(status)
      expect(text).not.toContain(marker)
    }
  }
  const asked = { ids: [made.attachmentId] }
  const ask = (endpoint: string, credentials: Credentials) => call('POST', endpoint, credentials, asked)
  expect((await ask('/api/client/v1/attachments/links', made.visitor)).text).toContain(made.attachmentId)
  expect((await ask('/api/v1/attachments/links', company.outsider.credentials)).text).not.toContain(made.attachmentId)
  const stranger = (await company.visitor(undefined, 'mine')).credentials
  expect((await ask('/api/client/v1/attachments/links', stranger)).text).not.toContain(made.attachmentId)
})

test('what asks for the password again is closed to strangers and visitors', async () => {
  const origin = company.url
  for (const path of signedIn) {
    for (const credentials of [{ origin }, { origin, ...made.visitor }]) {
      const { status, code } = await company.call('POST', `/api/auth${path}`, credentials, { password: 'x' })
      expect([path, status, code]).toEqual([path, 401, 'not-signed-in'])
    }
  }
  for (const path of secondStep) {
    const { status } = await company.call('POST', `/api/auth${path}`, { origin }, { code: '123456' })
    expect([path, status]).toEqual([path, 401])
  }
})

test('without the demo there is no playground', async () => {
  for (const path of ['/playground/', '/playground/shop/index.html']) {
    const { text } = await company.call('GET', path, page)
    expect(text).not.toContain('playground.js')
  }
  expect([...company.routes].filter((route) => route.includes('playground'))).toEqual([])
})
