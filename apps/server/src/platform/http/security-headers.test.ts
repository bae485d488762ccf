import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import {
  addSecurityHeaders,
  allowClientApiFromPages,
  chatPolicy,
  playgroundPolicy,
  workspacePolicy,
} from './security-headers.ts'

function server(https: boolean) {
  const app = fastify()
  onTestFinished(() => app.close())
  addSecurityHeaders(app, { https })
  allowClientApiFromPages(app)
  app.get('/page', async () => 'page')
  app.get('/api/v1/me', async () => ({}))
  app.post('/api/client/v1/messages', async () => ({}))
  return app
}
const directives = (policy: string): Map<string, string> =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]))

test.each(['/page', '/api/v1/me', '/nowhere'])(
  '%s is never guessed at, and behind TLS it stays there for a year',
  async (path) => {
    const { headers } = await server(true).inject(path)
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
    })
    expect((await server(false).inject(path)).headers).not.toHaveProperty('strict-transport-security')
  },
)

test('any page may call the client API, without cookies, and nothing else', async () => {
  const app = server(true)
  const origin = 'https://shop.example'
  const asked = await app.inject({ method: 'OPTIONS', url: '/api/client/v1/messages', headers: { origin } })
  expect(asked.statusCode).toBe(204)
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'authorization, content-type',
  })
  expect(asked.headers).not.toHaveProperty('access-control-allow-credentials')
  const agents = await app.inject({ url: '/api/v1/me', headers: { origin } })
  expect(agents.headers).not.toHaveProperty('access-control-allow-origin')
})

test.each([
  ['the workspace', workspacePolicy],
  ['the chat', chatPolicy([])],
  ['the playground', playgroundPolicy],
])('%s runs no script but its own files', (_page, policy) => {
  const found = directives(policy)
  expect(["'self'", undefined]).toContain(found.get('script-src'))
  expect(["'self'", "'none'"]).toContain(found.get('default-src'))
  expect(policy).not.toContain('unsafe-eval')
  expect(found.get('script-src') ?? found.get('default-src')).toBe("'self'")
  expect(found.get('base-uri')).toBe("'none'")
})

test('nobody frames the workspace; the chat is framed where its inbox allows it', () => {
  expect(directives(workspacePolicy).get('frame-ancestors')).toBe("'none'")
  expect(directives(chatPolicy([])).get('frame-ancestors')).toBe('*')
  expect(directives(chatPolicy([], "'self'")).get('frame-ancestors')).toBe("'self'")
  expect(directives(chatPolicy(['*.shop.example', 'localhost:8080'])).get('frame-ancestors')).toBe(
    "'self' https://*.shop.example http://*.shop.example https://localhost:8080 http://localhost:8080",
  )
})
