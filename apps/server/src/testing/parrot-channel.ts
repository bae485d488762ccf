import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import {
  type Capabilities,
  type Channel,
  type ChannelEvent,
  type Http,
  type Json,
  type Part,
  type Problem,
  type SendResult,
  splitText,
} from '@qiao/channels'
import { z } from 'zod'

/**
 * A channel for tests of the bridge: a small provider's API over real HTTP (parrot-provider.ts), with a window, a quota,
 * tokens, media, marks and all that a provider may tell.
 */
const words = (en: string) => ({ zh: en, en })
/** Titles are texts in two languages, of which the library knows nothing. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const named = (en: string, secret = false) => ({ title: words(en), ...(secret ? { secret } : {}) }) as never
const config = z.object({
  apiUrl: z.string().meta(named('API')),
  apiKey: z.string().min(8).meta(named('Key', true)),
  signingSecret: z.string().min(8).meta(named('Secret', true)),
})
export type ParrotConfig = z.infer<typeof config>

const hour = 3_600_000
export const parrotCapabilities: Capabilities = {
  receives: ['text', 'image'],
  sends: ['text', 'image', 'template'],
  text: { most: 40, unit: 'characters', splits: true },
  attachments: { image: { mimes: ['image/png', 'image/jpeg'], bytes: 1_000_000, caption: 100 } },
  menu: null,
  window: {
    message: { ms: 48 * hour, messages: 5 },
    acts: { click: { ms: 60_000, messages: 2 } },
    afterwards: ['template'],
  },
  receipts: ['sent', 'delivered', 'read', 'failed'],
  typing: { in: true, out: false },
  readsOut: false,
  replyTo: true,
  edits: { in: true, out: false },
  recalls: { in: true, out: false },
  reactions: { in: true, out: false },
  templates: true,
  groups: false,
  echoes: true,
  rate: { perSecond: 1000, perPeerPerSecond: 1000 },
  ordering: { in: 'unordered', settleMs: 150 },
  optOut: { stop: ['STOP'], start: ['START'] },
}

export const signParrot = (body: string, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('hex')

const said = z.object({
  id: z.string(),
  from: z.string(),
  at: z.iso.datetime(),
  position: z.number(),
  kind: z.string(),
  fields: z.record(z.string(), z.unknown()).default({}),
})
const batch = z.object({ events: z.array(said) })

function normalise(data: Json): ChannelEvent[] {
  const parsed = said.safeParse(data)
  if (!parsed.success) return [{ kind: 'unknown', at: new Date(0).toISOString(), summary: 'no event of this API' }]
  const { kind, from, at, fields } = parsed.data
  if (kind === 'boom') throw new Error('The channel has a bug')
  const { name, ...rest } = fields
  const event = {
    kind,
    at,
    ...(kind === 'receipt' ? { to: from } : { from: { address: from, ...(name ? { name } : {}) } }),
    ...rest,
  }
  const known = [
    'message',
    'echo',
    'template',
    'edited',
    'recalled',
    'reacted',
    'typing',
    'receipt',
    'acted',
    'consent',
    'moved',
  ]
  if (!known.includes(kind)) return [{ kind: 'unknown', at, summary: `a ${kind}` }]
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tests say what they mean
  return [event as unknown as ChannelEvent]
}

const problemOf = (status: number, body: string): Problem => {
  const parsed = z.object({ code: z.string() }).safeParse(body === '' ? {} : JSON.parse(body))
  const code = parsed.success ? parsed.data.code : ''
  const known = ['window-closed', 'quota-used', 'opted-out', 'notice-unwanted'] as const
  return { code: known.find((each) => each === code) ?? 'provider-failed', providerCode: String(status), detail: body }
}

async function call(http: Http, settings: ParrotConfig, token: string, path: string, body: unknown) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return http(`${settings.apiUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body), timeoutMs: 20_000 })
}

const typed: Channel<ParrotConfig> = {
  about: {
    id: 'parrot',
    name: words('Parrot'),
    summary: words('For tests'),
    colour: '#008800',
    icon: 'M0 0',
    docs: 'parrot',
    addressScope: 'app',
  },
  config,
  capabilities: parrotCapabilities,
  address: (text) => (/^\+?\d{3,15}$/.test(text) ? text : null),
  webhook: {
    accept({ headers, body, method, url }, { signingSecret }) {
      if (method === 'GET') {
        return { kind: 'answer', response: { status: 200, body: url.searchParams.get('challenge') ?? '' } }
      }
      const given = Buffer.from(headers['x-signature'] ?? '')
      const wanted = Buffer.from(signParrot(body.toString(), signingSecret))
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        return {
          kind: 'refused',
          reason: `signed with something else than ${signingSecret}`,
          response: { status: 401, body: 'no' },
        }
      }
      try {
        const { events } = batch.parse(JSON.parse(body.toString()))
        return {
          kind: 'accepted',
          events: events.map((event) => ({
            id: event.id,
            orderKey: event.from,
            position: event.position,
            data: JSON.parse(JSON.stringify(event)),
          })),
          response: { status: 200, body: 'success' },
        }
      } catch {
        const problem = { code: 'mail-incomplete' as const, detail: `not whole, signed with ${signingSecret}` }
        return { kind: 'refused', reason: 'no JSON of this API', problem, response: { status: 400, body: 'no' } }
      }
    },
    async prove({ body }, { http, config: { apiUrl } }) {
      if (!body.includes('countersigned')) return null
      const answer = await http(`${apiUrl}/countersigned`, { method: 'POST', body: '{}' })
      if (answer.kind === 'silence' || answer.status >= 500) return { code: 'no-answer', detail: 'nobody can say' }
      return answer.status === 200 ? null : 'not countersigned'
    },
  },
  normalise,
  render({ to, content, links, replyTo, thread }) {
    if (content.type === 'text') {
      const [first = '', ...rest] = splitText(content.text, parrotCapabilities.text)
      const there = { ...(replyTo ? { replyTo } : {}), ...(thread ? { thread } : {}) }
      const part = (text: string): Part => ({ request: { to, text, ...there } })
      return { kind: 'parts', parts: [part(first), ...rest.map(part)], degraded: [] }
    }
    if (content.type === 'template') {
      return { kind: 'parts', parts: [{ request: { to, template: content.name } }], degraded: [] }
    }
    if ('attachment' in content) {
      const { id } = content.attachment
      const request = { to, [content.type]: links[id] ?? '' }
      return { kind: 'parts', parts: [{ request, attachmentIds: [id] }], degraded: [] }
    }
    return { kind: 'impossible', problem: { code: 'unsupported' } }
  },
  wordsIn: ({ request: { text } }) => (typeof text === 'string' ? text : ''),
  async send(
    { request, attachmentIds = [] },
    { config: settings, http, tokens, log, ...context },
  ): Promise<SendResult> {
    const token = await tokens.get('access', async () => {
      const answer = await call(http, settings, settings.apiKey, '/token', {})
      if (answer.kind === 'silence') return { code: 'no-answer', detail: answer.reason }
      return { value: answer.body.toString(), expiresInMs: 7_200_000 }
    })
    if (typeof token !== 'string') return { kind: 'retry', afterMs: 500, problem: token }
    log.info({ url: `${settings.apiUrl}/send?key=${settings.apiKey}` }, `sending with ${settings.signingSecret}`)
    const files = await Promise.all(attachmentIds.map((id) => context.attachment(id)))
    const answer = await call(http, settings, token, '/send', {
      ...request,
      key: context.idempotencyKey,
      bytes: files.map(({ bytes }) => bytes.length),
      files: files.map(({ bytes, mime, name }) => ({
        mime,
        name,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })),
    })
    if (answer.kind === 'silence') {
      const problem = { code: 'no-answer', detail: `${answer.reason} ${settings.apiKey}` } as const
      return answer.written ? { kind: 'unknown', problem } : { kind: 'retry', afterMs: 300, problem }
    }
    const body = answer.body.toString()
    if (answer.status === 200) return { kind: 'accepted', messageId: JSON.parse(body).id }
    if (answer.status === 429) return { kind: 'retry', afterMs: 300, problem: { code: 'rate-limited' } }
    if (answer.status >= 500) return { kind: 'retry', afterMs: 300, problem: problemOf(answer.status, body) }
    return { kind: 'rejected', problem: problemOf(answer.status, body) }
  },
  async signal(signal, { config: settings, http }) {
    const answer = await call(http, settings, settings.apiKey, '/signal', signal)
    if (answer.kind === 'silence') return { code: 'no-answer' }
    return answer.status === 200 ? null : problemOf(answer.status, answer.body.toString())
  },
  async fetchMedia(media, { config: settings, http }) {
    const answer = await http(`${settings.apiUrl}/media/${media.id ?? ''}`, { maxBytes: 5_000_000 })
    if (answer.kind === 'answer' && answer.status === 200) return { kind: 'fetched', bytes: answer.body }
    if (answer.kind === 'answer' && answer.status === 503) {
      return { kind: 'retry', afterMs: 100, problem: { code: 'provider-failed' } }
    }
    return { kind: 'gone', problem: { code: 'media-gone' } }
  },
  lifecycle: {
    check: async () => [{ ok: true, words: words('It works') }],
    connect: async ({ callbackUrl }) => ({ code: 'callback-wrong', detail: callbackUrl }),
    setup: (callbackUrl) => [{ label: words('Callback'), value: callbackUrl }],
  },
}

export const parrot: Channel = typed

/** The same with other abilities. */
export const parrotWith = (changes: Partial<Capabilities>, more: Partial<Channel> = {}): Channel => ({
  ...parrot,
  ...more,
  capabilities: { ...parrotCapabilities, ...changes },
})
