import { expect, test } from 'vitest'
import { z } from 'zod'
import { conformance } from './conformance.ts'
import type { Accepted, Channel, Part, Rendered, SendResult } from './contract.ts'
import type { ChannelEvent } from './events.ts'
import type { JsonObject } from './json.ts'
import type { OpenConfig } from './open-channel/config.ts'
import { openChannel } from './open-channel/index.ts'
import { openKit } from './open-channel/kit.ts'
import { signWebhook } from './standard-webhooks.ts'
import { type TelegramConfig, webhookSecret } from './telegram/config.ts'
import { telegramChannel } from './telegram/index.ts'
import { telegramKit } from './telegram/kit.ts'

/**
 * Faults that channels have had in the field, planted into ones that work. The suite is worth as much as it catches.
 * Each names the checks that have to catch it; a fault that only another check noticed would be luck.
 */

type Telegram = Channel<TelegramConfig>
type Open = Channel<OpenConfig>
type Accept = NonNullable<Open['webhook']>['accept']

const telegram = (changes: Partial<Telegram>) => conformance({ ...telegramChannel, ...changes }, telegramKit)
const open = (changes: Partial<Open>) => conformance({ ...openChannel, ...changes }, openKit)
const { token } = telegramKit.config

const openAccept: Accept = (request, config, now) => {
  if (!openChannel.webhook) throw new Error('It has a webhook')
  return openChannel.webhook.accept(request, config, now)
}
const accepting = (accept: Accept) => open({ webhook: { accept } })
const changed = (change: (accepted: Accepted & { kind: 'accepted' }) => Partial<Accepted & { kind: 'accepted' }>) =>
  accepting((...given) => {
    const accepted = openAccept(...given)
    return accepted.kind === 'accepted' ? { ...accepted, ...change(accepted) } : accepted
  })
const reading = (change: (events: ChannelEvent[]) => ChannelEvent[]) =>
  telegram({ normalise: (data, config) => change(telegramChannel.normalise(data, config)) })
const rendering = (
  change: (parts: readonly [Part, ...Part[]], degraded: readonly string[]) => Partial<Rendered & { kind: 'parts' }>,
) =>
  telegram({
    render(message, config) {
      const rendered = telegramChannel.render(message, config)
      return rendered.kind === 'parts' ? { ...rendered, ...change(rendered.parts, rendered.degraded) } : rendered
    },
  })
const requests = (change: (request: JsonObject, at: number) => JsonObject) =>
  rendering(([first, ...more]) => ({
    parts: [
      { ...first, request: change(first.request, 0) },
      ...more.map((part, at) => ({ ...part, request: change(part.request, at + 1) })),
    ],
  }))
const answering = (change: (result: SendResult) => SendResult) =>
  telegram({ send: async (part, context) => change(await telegramChannel.send(part, context)) })
const wordsIn = ({ text }: JsonObject): string => (typeof text === 'string' ? text : '')

const faults: Readonly<Record<string, readonly [caughtBy: RegExp, () => ReturnType<typeof conformance>]>> = {
  'the secret of the webhook is not looked at': [
    /refused/u,
    () =>
      telegram({
        webhook: {
          accept(request, config, now) {
            const headers = { ...request.headers, 'x-telegram-bot-api-secret-token': webhookSecret(config) }
            return (
              telegramChannel.webhook?.accept({ ...request, headers }, config, now) ?? {
                kind: 'accepted',
                events: [],
                response: { status: 200, body: '' },
              }
            )
          },
        },
      }),
  ],
  'a signature is wanted but not compared with the body': [
    /refused when forged/u,
    () =>
      accepting((request, config, now) => {
        const headers = { ...request.headers, ...signWebhook('msg_1', now, request.body, [config.secret]) }
        return openAccept(request.headers['webhook-signature'] ? { ...request, headers } : request, config, now)
      }),
  ],
  'requests of any age are taken': [
    /refused when forged/u,
    () =>
      accepting((request, config) =>
        openAccept(request, config, new Date(Number(request.headers['webhook-timestamp']) * 1000)),
      ),
  ],
  'reactions are promised and not sent': [
    /it changes/u,
    () => {
      const mute: Open = { ...openChannel }
      delete mute.revise
      return conformance(mute, openKit)
    },
  ],
  'sessions are promised and not moved': [
    /it moves/u,
    () => {
      const word = { zh: '转交', en: 'Hand over' }
      const sessions = { give: word, giveAsk: word, end: word, endAsk: word }
      return open({ capabilities: { ...openChannel.capabilities, sessions } })
    },
  ],
  'ids are made up': [
    /the same ids|is read/u,
    () => changed(({ events }) => ({ events: events.map((event) => ({ ...event, id: crypto.randomUUID() })) })),
  ],
  'the last event of a batch is dropped': [
    /is read/u,
    () => changed(({ events }) => ({ events: events.slice(0, -1) })),
  ],
  'a body that is not JSON is thrown at': [
    /any bytes/u,
    () =>
      accepting((request, config, now) => {
        JSON.parse(request.body.toString())
        return openAccept(request, config, now)
      }),
  ],
  'events that nobody knows are thrown': [
    /never thrown|is read/u,
    () =>
      reading((events) => {
        if (events.some(({ kind }) => kind === 'unknown')) throw new Error('Unknown event')
        return events
      }),
  ],
  'events that nobody knows are swallowed': [
    /an update of tomorrow is read/u,
    () => reading((events) => events.filter(({ kind }) => kind !== 'unknown')),
  ],
  'a place is taken for granted': [
    /damaged place/u,
    () =>
      telegram({
        normalise(data, config) {
          const { update }: { update?: { message?: { from: { first_name: string } } } } =
            JSON.parse(JSON.stringify(data)) ?? {}
          update?.message?.from.first_name.trim()
          return telegramChannel.normalise(data, config)
        },
      }),
  ],
  'times are off by an hour': [
    /is read/u,
    () =>
      reading((events) =>
        events.map((event) =>
          'at' in event ? { ...event, at: new Date(Date.parse(event.at) + 3_600_000).toISOString() } : event,
        ),
      ),
  ],
  'an echo passes for a message of the customer': [
    /is read/u,
    () => reading((events) => events.map((event) => (event.kind === 'echo' ? { ...event, kind: 'message' } : event))),
  ],
  'captions of customers are lost': [
    /is read/u,
    () =>
      reading((events) =>
        events.map((event) =>
          event.kind === 'message' && 'media' in event.content
            ? { ...event, content: { type: event.content.type, media: event.content.media } }
            : event,
        ),
      ),
  ],
  'captions of agents are lost': [/word of a caption/u, () => requests(({ caption: _caption, ...request }) => request)],
  'a word is lost at each cut': [
    /word of a text/u,
    () =>
      requests((request, at) => (at > 0 && request.text ? { ...request, text: wordsIn(request).slice(1) } : request)),
  ],
  'a word is said twice at each cut': [
    /word of a text/u,
    () => requests((request, at) => (at > 0 && request.text ? { ...request, text: `…${wordsIn(request)}` } : request)),
  ],
  'the limit of texts is ignored': [
    /keeps the limits/u,
    () =>
      rendering(([first, ...more]) => {
        const text = [first, ...more].map(({ request }) => wordsIn(request)).join('\n')
        return { parts: [first.request.text ? { ...first, request: { ...first.request, text } } : first] }
      }),
  ],
  'the limit of buttons is ignored': [
    /keeps the limits/u,
    () =>
      telegram({
        render(message, config) {
          const rendered = telegramChannel.render(message, config)
          if (message.content.type !== 'menu' || rendered.kind !== 'parts') return rendered
          const rows = message.content.options.map(({ id, label }) => [{ text: label, callback_data: id }])
          const [{ request }] = rendered.parts
          return { ...rendered, parts: [{ request: { ...request, reply_markup: { inline_keyboard: rows } } }] }
        },
      }),
  ],
  'a request that is stored holds the secret': [
    /stored request/u,
    () => requests((request) => ({ ...request, url: `https://api.telegram.org/bot${token}/` })),
  ],
  'an error holds the secret': [
    /the answer/u,
    () =>
      answering((result) =>
        'problem' in result ? { ...result, problem: { ...result.problem, detail: `/bot${token}` } } : result,
      ),
  ],
  'the log holds the secret': [
    /the answer/u,
    () =>
      telegram({
        send(part, context) {
          context.log.info({ url: `/bot${context.config.token}/sendMessage` }, 'Sending')
          return telegramChannel.send(part, context)
        },
      }),
  ],
  'what may have arrived is sent again': [
    /silence after writing/u,
    () => answering((result) => (result.kind === 'unknown' ? { ...result, kind: 'retry', afterMs: null } : result)),
  ],
  'what never left is given up': [
    /silence after writing/u,
    () =>
      answering((result) =>
        result.kind === 'retry' && result.problem.code === 'no-answer'
          ? { kind: 'rejected', problem: result.problem }
          : result,
      ),
  ],
  'a wait that was asked for is not kept': [
    /too many/u,
    () => answering((result) => (result.kind === 'retry' ? { ...result, afterMs: null } : result)),
  ],
  'a refusal for good is tried again': [
    /the answer Forbidden/u,
    () => answering((result) => (result.kind === 'rejected' ? { ...result, kind: 'retry', afterMs: 1000 } : result)),
  ],
  'a refusal passes for success': [/the answer/u, () => answering(() => ({ kind: 'accepted', messageId: null }))],
  'a new address is forgotten': [
    /a group that grew/u,
    () =>
      answering((result) => (result.kind === 'accepted' ? { kind: 'accepted', messageId: result.messageId } : result)),
  ],
  'it does what it does not declare': [
    /menu goes out/u,
    () => telegram({ capabilities: { ...telegramChannel.capabilities, sends: ['text'] } }),
  ],
  'it declares what it does not do': [
    /goes out as declared/u,
    () =>
      telegram({
        capabilities: { ...telegramChannel.capabilities, sends: [...telegramChannel.capabilities.sends, 'form'] },
      }),
  ],
  'it declares to receive what no fixture shows': [
    /content that it receives/u,
    () => telegram({ capabilities: { ...telegramChannel.capabilities, receives: ['text', 'order'] } }),
  ],
  'it declares marks that no fixture shows': [
    /event that it declares/u,
    () => telegram({ capabilities: { ...telegramChannel.capabilities, receipts: ['read'] } }),
  ],
  'words instead of a form are not told to the agent': [
    /goes out as declared/u,
    () => rendering(() => ({ degraded: [] })),
  ],
  'a field of the form has a name in one language': [
    /title in both languages/u,
    () => telegram({ config: z.object({ token: z.string().meta({ title: 'Token' }), apiUrl: z.string() }) }),
  ],
  'a secret is not marked as one': [
    /what is secret/u,
    () => telegram({ config: z.object({ token: z.string(), apiUrl: z.string() }) }),
  ],
  'its name is there in one language': [
    /its names/u,
    () => telegram({ about: { ...telegramChannel.about, name: { zh: '', en: 'Telegram' } } }),
  ],
}

async function failuresOf(checks: ReturnType<typeof conformance>): Promise<string[]> {
  const failed: string[] = []
  for (const check of checks) {
    await Promise.resolve()
      .then(() => check.run())
      .catch(() => failed.push(check.name))
  }
  return failed
}

test.each(Object.entries(faults))('%s: caught', async (_name, [caughtBy, planted]) => {
  const checks = planted().filter(({ name }) => caughtBy.test(name))
  expect(checks).not.toHaveLength(0)
  expect(await failuresOf(checks)).not.toHaveLength(0)
})

test('without a fault nothing is caught', async () => {
  expect(await failuresOf([...telegram({}), ...open({})])).toEqual([])
})
