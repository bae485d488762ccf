import { createHmac } from 'node:crypto'
import type { Capabilities, Channel, ChannelEvent, Context, ReceivedMail } from '@qiao/channels'
import { type Mail, parseMail } from '@qiao/mail'
import { z } from 'zod'

/**
 * A channel of letters for tests of the bridge: real mails come in by its webhook or by our SMTP listener, what goes out is
 * told to a small provider over HTTP (courier-provider.ts).
 */
const words = (en: string) => ({ zh: en, en })
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- titles are texts in two languages, of which zod knows nothing
const named = (en: string) => ({ title: words(en) }) as never
const config = z.object({ address: z.string().meta(named('Address')), apiUrl: z.string().meta(named('API')) })
type CourierConfig = z.infer<typeof config>

const capabilities: Capabilities = {
  receives: ['mail'],
  sends: ['text', 'mail'],
  text: { most: 100_000, unit: 'characters', splits: false },
  attachments: {
    image: { mimes: ['*/*'], bytes: 25_000_000, caption: 1000 },
    file: { mimes: ['*/*'], bytes: 25_000_000, caption: 1000 },
  },
  menu: null,
  window: null,
  letters: true,
  receipts: ['failed'],
  typing: { in: false, out: false },
  readsOut: false,
  replyTo: true,
  edits: { in: false, out: false },
  recalls: { in: false, out: false },
  reactions: { in: false, out: false },
  templates: false,
  groups: false,
  echoes: false,
  rate: { perSecond: 1000, perPeerPerSecond: 1000 },
  ordering: { in: 'ordered', settleMs: 0 },
  optOut: null,
}

const sign = ({ key }: Pick<Context<unknown>, 'key'>, what: string): string =>
  createHmac('sha256', key('letters')).update(what).digest('hex').slice(0, 24)
const atTag = (address: string, tag: string): string => address.replace('@', `+${tag}@`)

/** Where answers to a conversation go. */
const replyAddress = (context: Context<CourierConfig>, conversationId: string): string =>
  atTag(context.config.address, `c.${conversationId}.${sign(context, conversationId)}`)

function belongs(context: Context<CourierConfig>, mail: Mail) {
  for (const { address } of [...mail.to, ...mail.cc]) {
    const [, id = '', mac] = /\+c\.([0-9a-f-]{36})\.([0-9a-f]{24})@/.exec(address) ?? []
    if (id !== '' && mac === sign(context, id)) return { conversationId: id }
  }
  return undefined
}

const isForged = (mail: Mail): boolean => mail.subject.includes('forged')
/** Nothing says that the domain sent it, nor that it did not. */
const isUnsigned = (mail: Mail): boolean => mail.subject.includes('unsigned')
const isClaimed = (mail: Mail): boolean => isForged(mail) || isUnsigned(mail)

function contentOf(mail: Mail, original: string): ReceivedMail {
  return {
    type: 'mail',
    subject: mail.subject,
    from: mail.from,
    to: mail.to,
    cc: mail.cc,
    text: mail.keptText,
    html: mail.html,
    whole: mail.text,
    quoted: mail.quotedText,
    signature: mail.signature,
    files: mail.attachments.map(({ filename, mime, bytes, cid }, index) => ({
      id: `${original} ${index}`,
      name: filename,
      mime,
      bytes,
      ...(cid ? { cid } : {}),
    })),
    original,
    ...(mail.auto.kind === 'none' ? {} : { automatic: mail.auto.kind }),
    ...(mail.auto.kind === 'none' && !mail.auto.answerable ? { answerable: false } : {}),
    trust: isForged(mail) ? 'failed' : isUnsigned(mail) ? 'unverified' : 'verified',
    ...(mail.forwarded ? { forwarded: mail.forwarded } : {}),
    ...(mail.calendar ? { invitation: mail.calendar } : {}),
    warnings: mail.warnings,
  }
}

function eventsOf(context: Context<CourierConfig>, mail: Mail, original: string): ChannelEvent[] {
  const at = mail.date ?? context.now().toISOString()
  const { bounce } = mail
  if (bounce?.recipient && bounce.originalMessageId) {
    const problem = { code: 'unreachable' as const, ...(bounce.diagnostic ? { detail: bounce.diagnostic } : {}) }
    if (bounce.kind === 'delay') {
      const { recipient: to, originalMessageId: messageId } = bounce
      return [{ kind: 'receipt', at, to, state: 'delayed', messageId, problem: { code: 'no-answer' } }]
    }
    const receipt = { kind: 'receipt' as const, at, to: bounce.recipient, state: 'failed' as const, problem }
    return [
      { ...receipt, messageId: bounce.originalMessageId },
      ...(bounce.kind === 'hard' ? [{ kind: 'unreachable' as const, at, address: bounce.recipient, problem }] : []),
    ]
  }
  if (!mail.from) return [{ kind: 'unknown', at, summary: 'nobody wrote it' }]
  const proof = belongs(context, mail)
  const number = /\[#(\d+)\]/.exec(mail.subject)?.[1]
  return [
    {
      kind: 'message',
      at,
      from: {
        address: mail.from.address,
        ...(mail.from.name ? { name: mail.from.name } : {}),
        claimed: isClaimed(mail),
        ...(isClaimed(mail) ? {} : { aliases: [{ kind: 'email' as const, value: mail.from.address }] }),
      },
      id: mail.messageId ?? original,
      content: contentOf(mail, original),
      answers: [...(mail.inReplyTo ? [mail.inReplyTo] : []), ...mail.references.toReversed()],
      ...(proof ? { belongs: proof } : {}),
      ...(number ? { quotesNumber: Number(number) } : {}),
      copies: [...mail.to, ...mail.cc].map(({ address, name }) => ({ address, name })),
    },
  ]
}

const typed: Channel<CourierConfig> = {
  about: {
    id: 'courier',
    name: words('Courier'),
    summary: words('For tests'),
    colour: '#880000',
    icon: 'M0 0',
    docs: 'courier',
    addressScope: 'person',
    proves: { email: true },
  },
  config,
  capabilities,
  address: (text) => (/^[^\s@]+@[^\s@]+$/.test(text) ? text.toLowerCase() : null),
  webhook: {
    accept: ({ body }) => ({
      kind: 'letters',
      letters: [{ raw: body, envelope: { from: '', to: [], remoteAddress: null, helo: null } }],
      response: { status: 200, body: 'taken' },
    }),
  },
  letters: {
    addresses: ({ address }) => [address],
    async take({ raw }, context) {
      const mail = parseMail(raw)
      const original = await context.keep(raw)
      return {
        id: mail.messageId ?? original,
        orderKey: mail.from?.address ?? 'nobody',
        position: Date.parse(mail.date ?? '') || 0,
        data: z.json().parse(JSON.parse(JSON.stringify({ events: eventsOf(context, mail, original) }))),
      }
    },
  },
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as `take` has made it
  normalise: (data) => (data as unknown as { events: ChannelEvent[] }).events,
  render({ to, content, letter, replyTo, links }) {
    // Asked whether it could go out at all, as the channel of mail is.
    if (!letter) return { kind: 'parts', parts: [{ request: {} }], degraded: [] }
    const mail = content.type === 'mail' ? content : null
    const files = mail ? mail.attachments : 'attachment' in content ? [content.attachment] : []
    const written = letter.body?.text ?? (content.type === 'text' ? content.text : content.type)
    const text = letter.signature ? `${written}\n\n-- \n${letter.signature}` : written
    const request = {
      to: mail?.to.map(({ address }) => address) ?? [to],
      cc: mail?.cc.map(({ address }) => address) ?? [],
      bcc: mail?.bcc.map(({ address }) => address) ?? [],
      only: letter.only ? [...letter.only] : null,
      letterId: letter.id,
      conversationId: letter.conversationId,
      subject: `${letter.references.length > 0 ? 'Re: ' : ''}${letter.subject} [#${letter.conversationNumber}]`,
      references: [...letter.references],
      answers: replyTo ?? null,
      html: letter.body?.html ?? null,
      text,
      automatic: letter.automatic,
      links: Object.keys(links).length,
      invitation: mail?.invitation ? JSON.stringify(mail.invitation) : null,
    }
    return { kind: 'parts', parts: [{ request, attachmentIds: files.map(({ id }) => id) }], degraded: [] }
  },
  wordsIn: ({ request: { text } }) => (typeof text === 'string' ? text : ''),
  async send({ request, attachmentIds = [] }, context) {
    const { letterId, conversationId } = z.object({ letterId: z.string(), conversationId: z.string() }).parse(request)
    const messageId = `<q.${letterId}.${sign(context, letterId)}@${context.config.address.split('@')[1]}>`
    const files = await Promise.all(attachmentIds.map((id) => context.attachment(id)))
    const answer = await context.http(`${context.config.apiUrl}/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ...request,
        messageId,
        from: context.config.address,
        replyTo: replyAddress(context, conversationId),
        files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      }),
    })
    if (answer.kind === 'silence' && answer.written)
      return { kind: 'unknown', problem: { code: 'no-answer' }, messageId }
    if (answer.kind === 'silence') return { kind: 'retry', afterMs: 300, problem: { code: 'no-answer' } }
    if (answer.status === 451)
      return { kind: 'retry', afterMs: 3_600_000, problem: { code: 'provider-failed', detail: '451 4.7.1 Greylisted' } }
    const { refused } = z.object({ refused: z.array(z.string()) }).parse(JSON.parse(answer.body.toString()))
    const missed = refused.map((address) => ({
      address,
      problem: { code: 'unreachable' as const, detail: '550 5.1.1' },
    }))
    return { kind: 'accepted', messageId, ...(missed.length > 0 ? { refused: missed } : {}) }
  },
  async fetchMedia({ id = '' }, context) {
    const [original = '', index = '0'] = id.split(' ')
    const raw = await context.kept(original)
    const file = raw && parseMail(raw).attachments[Number(index)]
    return file
      ? { kind: 'fetched', bytes: Buffer.from(file.content), name: file.filename, mime: file.mime }
      : { kind: 'gone', problem: { code: 'media-gone' } }
  },
  lifecycle: { check: async () => [] },
}

export const courier: Channel = typed
