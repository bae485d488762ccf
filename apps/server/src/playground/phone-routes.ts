import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Said } from '@qiao/channels/simulators'
import { z } from 'zod'
import type { Clock } from '#platform/clock'
import { AppError } from '#platform/errors'
import { inputError } from '#platform/http/server'
import { createRateLimiter } from '#platform/rate-limiter'
import type { Owner } from './owners.ts'
import { fileOn, infoOf } from './phone-state.ts'
import { type Phones, troubles } from './phones.ts'
import { readSample, sampleNames } from './samples.ts'
import { openStream } from './stream.ts'

interface Deps {
  phones: Phones
  clock: Clock
  /** Public origin of this server. */
  url: string
}

const cookieName = 'qiao_phones'
const prefix = '/playground/phones'
const largestFile = 5_000_000
/** What a browser may show; anything else could be a page that runs as one of ours. */
const shown = /^(?:image\/(?:jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/[\w.+-]+)$/u

const inChannel = z.object({ channel: z.string().max(64) })
const ofMessage = inChannel.extend({ id: z.string().max(500) })
const words = z.string().min(1).max(4000)
const sayBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: words }),
  z.object({
    type: z.literal('location'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    title: z.string().max(200).optional(),
  }),
  z.object({ type: z.literal('sample'), sample: z.enum(sampleNames) }),
])
const fileQuery = z.object({
  name: z.string().min(1).max(200),
  mime: z
    .string()
    .regex(/^[\w-]+\/[\w.+-]+$/u)
    .max(100),
})

/** Only with the demo, only for this machine, and each browser reaches its own phones alone. */
export function registerPhoneRoutes(app: FastifyInstance, { phones, clock, url }: Deps): void {
  const limits = {
    visits: createRateLimiter({ perMinute: 30, burst: 60 }),
    acts: createRateLimiter({ perMinute: 120, burst: 60 }),
    files: createRateLimiter({ perMinute: 20, burst: 20 }),
  }
  const origin = new URL(url).origin
  const open = new Set<() => void>()
  app.addHook('preClose', async () => open.forEach((end) => end()))

  function ownerOf(request: FastifyRequest): Owner {
    const owner = phones.owners.find(request.cookies[cookieName])
    if (!owner) throw new AppError('forbidden', { detail: 'Open the playground first' })
    return owner
  }
  const acting = (request: FastifyRequest, limit: keyof typeof limits = 'acts') => {
    const owner = ownerOf(request)
    limits[limit].take(owner.name)
    return { owner, channel: parse(inChannel, request.params).channel }
  }

  void app.register(async (scope) => {
    scope.addHook('onRequest', async ({ socket }) => {
      if (!isLoopback(socket.remoteAddress ?? '')) throw new AppError('not-found')
    })
    scope.get(prefix, async (request, reply) => {
      limits.visits.take(request.ip)
      const { secret } = phones.owners.welcome(request.cookies[cookieName])
      const kept = { httpOnly: true, sameSite: 'strict', path: prefix, maxAge: 30 * 86_400 } as const
      void reply.setCookie(cookieName, secret, kept).header('cache-control', 'no-store')
      return { phones: [...phones.lines.values()].map(infoOf) }
    })
    scope.get(`${prefix}/stream`, async (request, reply) => {
      limits.visits.take(request.ip)
      openStream(reply, { phones, clock, origin, owner: ownerOf(request), open })
    })
    scope.post(`${prefix}/:channel/say`, async (request, reply) => {
      const { owner, channel } = acting(request)
      const body = parse(sayBody, request.body)
      await phones.say(owner, channel, body.type === 'sample' ? await readSample(body.sample) : saidOf(body))
      return reply.status(204).send()
    })
    scope.post(`${prefix}/:channel/act`, async (request, reply) => {
      const { owner, channel } = acting(request)
      await phones.act(owner, channel, parse(z.object({ act: z.string().max(300) }), request.body).act)
      return reply.status(204).send()
    })
    scope.post(`${prefix}/:channel/read`, async (request, reply) => {
      const { owner, channel } = acting(request)
      await phones.read(owner, channel)
      return reply.status(204).send()
    })
    scope.post(`${prefix}/:channel/expire`, async (request, reply) => {
      phones.expireWindow(acting(request).channel)
      return reply.status(204).send()
    })
    scope.post(`${prefix}/:channel/trouble`, async (request, reply) => {
      const { channel } = acting(request)
      phones.setTrouble(channel, parse(z.object({ trouble: z.enum(troubles).nullable() }), request.body).trouble)
      return reply.status(204).send()
    })
    scope.get(`${prefix}/:channel/files/:id`, async (request, reply) => {
      const { channel, id } = parse(ofMessage, request.params)
      const file = fileOn(phones.requireLine(channel), ownerOf(request), id)
      if (!file) throw new AppError('not-found')
      return sendFile(reply, file)
    })
    void scope.register(async (uploads) => {
      uploads.removeAllContentTypeParsers()
      uploads.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestFile }, (_request, body, done) =>
        done(null, body),
      )
      uploads.put(`${prefix}/:channel/files`, { bodyLimit: largestFile }, async (request, reply) => {
        const { owner, channel } = acting(request, 'files')
        const { name, mime } = parse(fileQuery, request.query, 'query')
        if (!Buffer.isBuffer(request.body) || request.body.length === 0) throw new AppError('bad-request')
        await phones.say(owner, channel, { type: typeOf(mime), bytes: request.body, mime, name })
        return reply.status(204).send()
      })
    })
  })
}

function saidOf(body: Exclude<z.infer<typeof sayBody>, { type: 'sample' }>): Said {
  if (body.type === 'text') return body
  const { title, ...place } = body
  return title === undefined ? place : { ...place, title }
}

function typeOf(mime: string): 'image' | 'audio' | 'video' | 'file' {
  const [kind] = mime.split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

function sendFile(reply: FastifyReply, { bytes, mime }: { bytes: Buffer; mime: string }): FastifyReply {
  const fits = shown.test(mime)
  return reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, max-age=600')
    .header('content-disposition', fits ? 'inline' : 'attachment')
    .type(fits ? mime : 'application/octet-stream')
    .send(bytes)
}

const isLoopback = (address: string): boolean => /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/u.test(address)

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where = 'body'): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw inputError(parsed.error, where)
  return parsed.data
}
