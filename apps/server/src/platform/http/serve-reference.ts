import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createOpenApiDocument } from './openapi.ts'
import { renderReference } from './reference-page.ts'
import type { Route } from './route.ts'

/** The page has no scripts and asks nobody else for anything. */
export const referencePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/api/openapi.json` and, for people, `/api/docs`. Made once: they say the same until the server is replaced. */
export function serveReference(
  app: FastifyInstance,
  routes: readonly Route[],
  about: { url: string; version: string },
): void {
  let made: { json: string; page: string } | undefined
  const make = (): { json: string; page: string } => {
    const document = createOpenApiDocument(routes, about)
    return { json: JSON.stringify(document), page: renderReference(document) }
  }
  const styles = readFileSync(join(import.meta.dirname, 'reference.css'), 'utf8')
  app.get('/api/openapi.json', async (_request, reply) => {
    made ??= make()
    return reply.type('application/json; charset=utf-8').header('access-control-allow-origin', '*').send(made.json)
  })
  app.get('/api/docs', async (_request, reply) => {
    made ??= make()
    return reply.type('text/html; charset=utf-8').header('content-security-policy', referencePolicy).send(made.page)
  })
  app.get('/api/docs/reference.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(styles),
  )
}
