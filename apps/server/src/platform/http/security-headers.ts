import type { FastifyInstance } from 'fastify'

const agentPages = [
  "default-src 'self'",
  // Ant Design writes its styles into the page while it runs; scripts are never inline.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob: https:",
  "media-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "font-src 'self' data:",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
]

/** The policy of the agents' pages: nobody may frame them. */
export const workspacePolicy = [...agentPages, "frame-ancestors 'none'"].join('; ')

/** The policy of the visitor's chat: framed only where the inbox allows it. `domains` as in the inbox settings. */
export function chatPolicy(domains: readonly string[], withoutAny: '*' | "'self'" = '*'): string {
  const hosts = domains.flatMap((domain) => [`https://${domain}`, `http://${domain}`])
  const ancestors = domains.length === 0 ? withoutAny : ["'self'", ...hosts].join(' ')
  return [
    "default-src 'self'",
    // Attributes like style="" are not used; the look of an inbox is set through the CSSOM.
    "style-src 'self'",
    "img-src 'self' data: blob: https:",
    "media-src 'self' blob:",
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join('; ')
}

/** As strict as a shop's own policy can be: what the chat needs of the pages that embed it, voices of the phones, and nothing else. */
export const playgroundPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ')

export function addSecurityHeaders(app: FastifyInstance, options: { https: boolean }): void {
  app.addHook('onRequest', async (_request, reply) => {
    void reply.header('x-content-type-options', 'nosniff')
    void reply.header('referrer-policy', 'strict-origin-when-cross-origin')
    if (options.https) void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
  })
}

/**
 * The client API carries its token in a header and never a cookie, so any page may call it; which pages may use an
 * inbox is the inbox's own setting. The one call with a cookie, by which staff take up their sign-in, is for our own page.
 */
export function allowClientApiFromPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith('/api/client/')) return
    void reply.header('access-control-allow-origin', '*')
    void reply.header('cross-origin-resource-policy', 'cross-origin')
    if (request.method !== 'OPTIONS') return
    await reply
      .header('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
      .header('access-control-allow-headers', 'authorization, content-type')
      .header('access-control-max-age', '86400')
      .status(204)
      .send()
  })
}
