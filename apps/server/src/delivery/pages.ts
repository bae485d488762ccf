import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readInboxByKey, type SignInDeps } from '#inboxes'
import { AppError } from '#platform/errors'
import { chatPolicy, playgroundPolicy, workspacePolicy } from '#platform/http/security-headers'
import { registerSignInPages, type WebchatDeps } from './webchat/index.ts'

const appsFolder = join(import.meta.dirname, '../../..')
const yearSeconds = 31_536_000

/** Serves the built front ends: the agents' app, the visitor's chat, the script that shops embed, the playground. */
export async function servePages(
  app: FastifyInstance,
  { playground, ...deps }: WebchatDeps & SignInDeps & { playground: boolean },
): Promise<void> {
  await app.register(fastifyStatic, { root: appsFolder, serve: false })
  await serveAssets(app, '/assets/', join(appsFolder, 'workspace/dist/assets'))
  await serveAssets(app, '/chat/assets/', join(appsFolder, 'widget/dist/chat/assets'))
  if (playground) await servePlayground(app)

  app.get('/widget.js', async (request, reply) => {
    void reply.header('cross-origin-resource-policy', 'cross-origin').header('access-control-allow-origin', '*')
    return sendPage(
      request,
      reply,
      'widget/dist/widget.js',
      'text/javascript; charset=utf-8',
      'public, max-age=300, stale-while-revalidate=86400',
    )
  })
  app.get<{ Params: { key: string } }>('/chat/:key', async (request, reply) => {
    const inbox = await readInboxByKey(deps.db, request.params.key)
    if (!inbox) throw new AppError('not-found')
    const { allowedDomains, audience } = inbox.settings
    const policy = chatPolicy(allowedDomains, audience === 'staff' ? "'self'" : '*')
    void reply.header('content-security-policy', policy)
    void reply.header('permissions-policy', 'camera=(self), microphone=(self)')
    return sendPage(request, reply, 'widget/dist/chat/index.html', 'text/html; charset=utf-8', 'no-cache')
  })
  registerSignInPages(app, deps)
  // Every other page is the agents' app, which knows its own addresses.
  app.get('/*', async (request, reply) => {
    // Programs that look whether the server is there ask for the front page, and for no kind of answer.
    const front = /^\/(\?|$)/.test(request.url)
    const wantsPage = front || (request.headers.accept?.includes('text/html') ?? false)
    if (!wantsPage || /^\/(api|ws|media)\//.test(request.url)) throw new AppError('not-found')
    void reply.header('content-security-policy', workspacePolicy)
    return sendPage(request, reply, 'workspace/dist/index.html', 'text/html; charset=utf-8', 'no-cache')
  })
}

async function serveAssets(app: FastifyInstance, prefix: string, root: string): Promise<void> {
  if (!existsSync(root)) return
  // Names carry a hash of the content.
  await app.register(fastifyStatic, {
    root,
    prefix,
    decorateReply: false,
    immutable: true,
    maxAge: yearSeconds * 1000,
    index: false,
  })
}

async function servePlayground(app: FastifyInstance): Promise<void> {
  const root = join(appsFolder, 'playground/pages')
  if (!existsSync(root)) return
  await app.register(fastifyStatic, {
    root,
    prefix: '/playground/',
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('content-security-policy', playgroundPolicy),
  })
  // The router takes both spellings for one; links inside the pages need the slash.
  app.get('/playground', async (request, reply) => {
    const [path, query] = request.url.split('?')
    if (path === '/playground') return reply.redirect(query ? `/playground/?${query}` : '/playground/')
    void reply.header('content-security-policy', playgroundPolicy)
    return sendPage(request, reply, 'playground/pages/index.html', 'text/html; charset=utf-8', 'no-cache')
  })
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
  type: string,
  cacheControl: string,
): Promise<FastifyReply> {
  const content = await readFile(join(appsFolder, file)).catch(() => {
    throw new AppError('unavailable', { detail: `The pages are not built: run npm run build (${file} is missing)` })
  })
  const etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`
  void reply.header('etag', etag).header('cache-control', cacheControl)
  if (request.headers['if-none-match'] === etag) return reply.status(304).send()
  return reply.type(type).send(content)
}
