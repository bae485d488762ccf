import { can, type Endpoint, type Schema, successStatus, toZod } from '@qiao/protocol'
import cookie from '@fastify/cookie'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { uuidv7 } from 'uuidv7'
import { z } from 'zod'
import { AppError, toAppError, toProblem } from '../errors.ts'
import type { Principal } from '../principal.ts'
import { storable } from '../storable.ts'
import type { Route } from './route.ts'

export interface HttpOptions {
  log: FastifyBaseLogger
  /** Believe X-Forwarded-* of a proxy in front. */
  trustProxy: boolean | string[]
  /** Who sends the request; null is a stranger. Throws AppError for credentials that are present but bad. */
  resolveAgent(request: FastifyRequest): Promise<Principal | null>
  resolveVisitor(request: FastifyRequest): Promise<Principal | null>
  /** Parse answers with the endpoint's schema as well; tests turn it on, so that a drift fails there. */
  checkResponses: boolean
  onRoute?: ((method: string, path: string) => unknown) | undefined
  observe?: (route: string, method: string, status: number, seconds: number) => void
}

const jsonLimitBytes = 1_048_576

export function createHttpServer(options: HttpOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: options.log,
    trustProxy: options.trustProxy,
    bodyLimit: jsonLimitBytes,
    genReqId: () => uuidv7(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
    // What still comes over open connections while the server closes is served: the database goes last.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  })
  const { onRoute } = options
  if (onRoute) app.addHook('onRoute', ({ method, url }) => [method].flat().forEach((one) => onRoute(one, url)))
  void app.register(cookie)
  app.setErrorHandler((error, request, reply) => sendProblem(asAppError(error, request), request, reply))
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError('not-found'), request, reply))
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  if (options.observe) {
    const observe = options.observe
    app.addHook('onResponse', async (request, reply) => {
      observe(request.routeOptions.url ?? 'none', request.method, reply.statusCode, reply.elapsedTime / 1000)
    })
  }
  return app
}

export function registerRoutes(app: FastifyInstance, routes: readonly Route[], options: HttpOptions): void {
  addRoutes(
    app,
    routes.filter((route) => !route.streamsBody),
    options,
  )
  // Uploads keep their stream whatever its type: a text or JSON file must not meet Fastify's own parsers and limits.
  void app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers()
    uploads.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    addRoutes(
      uploads,
      routes.filter((route) => route.streamsBody),
      options,
    )
  })
}

function addRoutes(app: FastifyInstance, routes: readonly Route[], options: HttpOptions): void {
  for (const route of routes) {
    const { endpoint, streamsBody } = route
    app.route({
      method: endpoint.method,
      url: endpoint.path,
      handler: async (request, reply) => {
        const principal = await authorise(endpoint, request, options)
        const input = {
          params: parse(endpoint.params, request.params, 'params'),
          query: parse(endpoint.query, request.query, 'query'),
          body: streamsBody ? undefined : parse(endpoint.body, request.body ?? {}, 'body'),
        }
        const result = await route.handle(input, { principal, request, reply })
        if (reply.sent) return reply
        void reply.status(successStatus(endpoint))
        if (!endpoint.response) return reply.send()
        return reply.send(options.checkResponses ? toZod(endpoint.response).parse(result) : result)
      },
    })
  }
}

async function authorise(endpoint: Endpoint, request: FastifyRequest, options: HttpOptions): Promise<Principal | null> {
  if (endpoint.access === 'public') return null
  if (endpoint.access === 'visitor') {
    const visitor = await options.resolveVisitor(request)
    if (visitor?.type !== 'visitor') throw new AppError('visitor-token-invalid')
    return visitor
  }
  const agent = await options.resolveAgent(request)
  if (agent?.type !== 'agent') throw new AppError('not-signed-in')
  if (!can(agent.role, endpoint.access)) throw new AppError('forbidden')
  return agent
}

function parse(schema: Schema | undefined, value: unknown, where: string): unknown {
  if (!schema) return undefined
  const result = toZod(schema).safeParse(storable(value))
  if (result.success) return result.data
  throw inputError(result.error, where)
}

export function inputError(error: z.ZodError, where = 'body'): AppError {
  const issues = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: [where, ...issue.path].join('.'), message: issue.message }))
  return new AppError('invalid-input', {
    detail: issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '),
    issues,
  })
}

function asAppError(error: unknown, request: FastifyRequest): AppError {
  if (error instanceof AppError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new AppError('payload-too-large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new AppError('unsupported-media-type')
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error instanceof SyntaxError
  ) {
    return new AppError('malformed-json')
  }
  if (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  ) {
    return new AppError('bad-request', { detail: error.message })
  }
  const known = toAppError(error)
  if (known.code === 'bad-request') {
    request.log.warn({ err: error, route: request.routeOptions.url }, 'a value was refused by the database')
  } else if (known.code === 'internal') {
    request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
  }
  return known
}

function sendProblem(error: AppError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error.details.retryAfterSeconds !== undefined)
    void reply.header('retry-after', Math.ceil(error.details.retryAfterSeconds))
  return reply
    .status(error.status)
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(error, request.id)))
}
