import { z } from 'zod'
import type { RawResponse } from '../contract.ts'
import {
  type ApiRequest,
  createDeliverer,
  madeSecret,
  noFaults,
  numberOf,
  serveApi,
  type Simulator,
  type SimulatorOptions,
} from '../simulator.ts'
import { webhookSecret } from './config.ts'
import { reactionEmojis } from './reactions.ts'
import { bot, createActs } from './simulator-acts.ts'
import { type Chat, chatOnWire, createChats, type Person, shownName } from './simulator-chats.ts'
import {
  bucket,
  doubtAbout,
  fileFields,
  readRequest,
  sendFields,
  type SendFields,
  type SentFile,
} from './simulator-checks.ts'

interface Options extends SimulatorOptions {
  /** How long the address of a file is good; Telegram promises an hour. */
  fileMs?: number
}
export interface TelegramSimulator extends Simulator {
  /** Pressed buttons that were answered and turn no longer. */
  readonly answered: ReadonlySet<string>
  /** @BotFather gives out another token: this one is refused. */
  revoke(): string
}
type Answer = RawResponse | { status: number; headers?: Record<string, string>; body: Buffer }
type Fields = Record<string, unknown>

const day = 86_400_000
const ownMethods = ['sendMessage', 'sendLocation', 'sendVenue', 'sendContact']
const emojis = reactionEmojis.map((emoji) => emoji.replaceAll('\u{FE0F}', ''))

/** The Bot API as documented, with chats, groups and one business account. */
export async function startSimulator({
  now = () => new Date(),
  firstId,
  fileMs = 3_600_000,
}: Options = {}): Promise<TelegramSimulator> {
  let token = `5000:AA${madeSecret()}`
  const config = { token, apiUrl: '' }
  const faults = noFaults()
  const deliverer = createDeliverer(faults, [50, 250, 1_000, 3_000])
  const chats = createChats()
  const files = new Map<string, SentFile>()
  const paths = new Map<string, { file: SentFile; until: number }>()
  const rates = new Map<string, ReturnType<typeof bucket>>()
  const refusals: string[] = []
  const answered = new Set<string>()
  const waiting: { update: object; key: string }[] = []
  let webhook = { url: '', secret: '', allowed: [] as unknown }
  const last = { update: firstId ?? 0, message: firstId ?? 0, file: 0, user: 1000, group: 0, undelivered: 0 }
  const server = await serveApi(faults, (request) => handle(request))
  config.apiUrl = server.url

  async function handle({ url, headers, body }: ApiRequest): Promise<RawResponse> {
    const [, isFile, given, method = ''] = /^\/(file\/)?bot([^/]+)\/(.+)$/u.exec(url.pathname) ?? []
    if (given !== token) return refuse(401, 'Unauthorized')
    if (isFile) return download(method) as RawResponse
    if (body.length > 50 * 1024 * 1024) return refuse(413, 'Request Entity Too Large')
    const { fields, file } = await readRequest(body, headers['content-type'] ?? '')
    const other = others[method]
    if (other) return other(fields)
    if (!ownMethods.includes(method) && !fileFields[method]) {
      return refuse(404, 'Not Found: method not found')
    }
    const parsed = sendFields.safeParse(fields)
    return parsed.success ? show(method, parsed.data, file) : refuse(400, `Bad Request: ${parsed.error.message}`)
  }

  const others: Readonly<Record<string, (fields: Fields) => RawResponse>> = {
    getMe: () =>
      ok({ ...bot, can_join_groups: true, can_read_all_group_messages: false, can_connect_to_business: true }),
    setWebhook({ url, secret_token: secret, allowed_updates: allowed }) {
      if (typeof url !== 'string' || !/^https?:/u.test(url)) return refuse(400, 'Bad Request: bad webhook: invalid URL')
      if (typeof secret !== 'string' || !/^[\w-]{1,256}$/u.test(secret))
        return refuse(400, 'Bad Request: secret token is invalid')
      pointTo({ url, secret, allowed })
      return ok(true)
    },
    deleteWebhook() {
      webhook = { url: '', secret: '', allowed: [] }
      return ok(true)
    },
    getWebhookInfo: () =>
      ok({
        url: webhook.url,
        has_custom_certificate: false,
        pending_update_count: waiting.length + last.undelivered,
        allowed_updates: webhook.allowed,
      }),
    sendChatAction({ chat_id: id, business_connection_id: name }) {
      const chat = chats.find(Number(id), typeof name === 'string' ? name : undefined)
      if (!chat) return refuse(400, 'Bad Request: chat not found')
      for (const person of chat.people) person.typingUntil = now().getTime() + 5_000
      return ok(true)
    },
    readBusinessMessage: ({ chat_id: id, business_connection_id: name, message_id: number }) =>
      chats.find(Number(id), String(name))?.messages.has(Number(number))
        ? ok(true)
        : refuse(400, 'Bad Request: message not found'),
    editMessageText({ chat_id: id, business_connection_id: name, message_id: number, text }) {
      const chat = chats.find(Number(id), typeof name === 'string' ? name : undefined)
      const message = chat?.messages.get(Number(number))
      if (!chat || !message) return refuse(400, 'Bad Request: message to edit not found')
      if (typeof text !== 'string' || text === '') return refuse(400, 'Bad Request: message text is empty')
      if (message.text === text) return refuse(400, 'Bad Request: message is not modified')
      message.text = text
      for (const person of chat.people) {
        const shown = person.screen.find((each) => each.id === shownName(chat, Number(number)))
        if (shown) shown.text = text
      }
      return ok(message)
    },
    setMessageReaction({ chat_id: id, message_id: number, reaction }) {
      const chat = chats.find(Number(id))
      if (!chat?.messages.has(Number(number))) return refuse(400, 'Bad Request: message to react not found')
      const [chosen] = z.array(z.object({ type: z.literal('emoji'), emoji: z.string() })).parse(reaction)
      if (chosen && !emojis.includes(chosen.emoji)) return refuse(400, 'Bad Request: REACTION_INVALID')
      for (const person of chat.people) {
        const shown = person.screen.find((each) => each.id === shownName(chat, Number(number)))
        if (shown) shown.reaction = chosen?.emoji
      }
      return ok(true)
    },
    deleteMessage: ({ chat_id: id, message_id: number }) => forget(chats.find(Number(id)), [Number(number)]),
    deleteBusinessMessages({ business_connection_id: name, message_ids: numbers }) {
      const chat = chats.all().find(({ connection }) => connection === name)
      return forget(chat, Array.isArray(numbers) ? numbers.map(Number) : [])
    },
    getChat({ chat_id: id }) {
      const chat = chats.find(Number(id))
      return chat ? ok({ ...chatOnWire(chat), username: `user${chat.id}` }) : refuse(400, 'Bad Request: chat not found')
    },
    getFile({ file_id: id }) {
      const file = files.get(String(id))
      if (!file) return refuse(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
      if (file.bytes.length > 20 * 1024 * 1024) return refuse(400, 'Bad Request: file is too big')
      const path = `files/${(last.file += 1)}`
      paths.set(path, { file, until: now().getTime() + fileMs })
      return ok({ file_id: id, file_unique_id: id, file_size: file.bytes.length, file_path: path })
    },
  }

  function forget(chat: Chat | undefined, numbers: readonly number[]): RawResponse {
    const known = numbers.filter((number) => chat?.messages.has(number))
    if (!chat || known.length === 0) return refuse(400, 'Bad Request: message to delete not found')
    for (const number of known) {
      const message = chat.messages.get(number)
      if (now().getTime() - Number(message?.date) * 1000 > 2 * day) {
        return refuse(400, "Bad Request: message can't be deleted")
      }
      chat.messages.delete(number)
      for (const person of chat.people) {
        person.screen = person.screen.filter((shown) => shown.id !== shownName(chat, number))
      }
    }
    return ok(true)
  }

  function show(method: string, fields: SendFields, file: SentFile | undefined): RawResponse {
    const chat = chats.find(fields.chat_id, fields.business_connection_id)
    if (!chat) return refuse(400, 'Bad Request: chat not found')
    const moved = chats.all().find(({ id, title }) => chat.type === 'group' && title === chat.title && id !== chat.id)
    if (moved) {
      return refuse(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: moved.id })
    }
    if (chat.connection !== undefined && now().getTime() - chat.wroteAt > day) {
      return refuse(400, 'Bad Request: BUSINESS_PEER_USAGE_MISSING')
    }
    if (chat.type === 'private' && chat.people.some(({ blocked }) => blocked)) {
      return refuse(403, 'Forbidden: bot was blocked by the user')
    }
    if (chat.wroteAt === Number.NEGATIVE_INFINITY)
      return refuse(403, "Forbidden: bot can't initiate conversation with a user")
    const doubt = doubtAbout(method, fields, file)
    if (doubt !== null) return refuse(400, doubt)
    const answers = fields.reply_parameters
    if (answers && !answers.allow_sending_without_reply && !chat.messages.has(answers.message_id)) {
      return refuse(400, 'Bad Request: message to be replied not found')
    }
    const wait = Math.max(
      rate('all', 30, 30),
      chat.type === 'private' ? rate(String(chat.id), 5, 1) : rate(String(chat.id), 20, 1 / 3),
    )
    if (wait > 0) return refuse(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait })
    return ok(delivered(chat, fields, file))
  }

  function delivered(chat: Chat, fields: SendFields, file: SentFile | undefined): object {
    const number = (last.message += 1)
    const message = {
      message_id: number,
      from: bot,
      chat: chatOnWire(chat),
      date: seconds(),
      ...(fields.text ? { text: fields.text } : {}),
      reply_markup: fields.reply_markup,
    }
    chat.messages.set(number, message)
    const choices = fields.reply_markup?.inline_keyboard
      .flat()
      .flatMap(({ text, callback_data: id }) => (id === undefined ? [] : [{ id, label: text }]))
    const fileId = file ? keep(file) : undefined
    for (const person of chat.people) {
      person.typingUntil = 0
      person.screen.push({
        id: shownName(chat, number),
        mine: false,
        at: now().toISOString(),
        type: file ? 'file' : fields.latitude === undefined ? 'text' : 'location',
        text:
          fields.text ??
          (fields.phone_number ? `${fields.first_name} ${fields.phone_number}` : undefined) ??
          fields.caption ??
          fields.title ??
          file?.name ??
          '',
        ...(file && fileId
          ? { media: { id: fileId, mime: file.mime, name: file.name, bytes: file.bytes.length } }
          : {}),
        ...(choices?.length ? { choices } : {}),
      })
    }
    return message
  }

  function rate(key: string, capacity: number, perSecond: number): number {
    const known = rates.get(key) ?? bucket(capacity, perSecond)
    rates.set(key, known)
    return known.take(now().getTime())
  }
  const seconds = () => Math.floor(now().getTime() / 1000)
  function keep(file: SentFile): string {
    const id = `file-${(last.file += 1)}`
    files.set(id, file)
    return id
  }
  function download(path: string): Answer {
    const known = paths.get(path)
    if (!known || known.until < now().getTime()) return refuse(404, 'Not Found')
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: known.file.bytes }
  }
  const ok = (result: unknown): RawResponse => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ok: true, result }),
  })
  function refuse(status: number, description: string, parameters?: object): RawResponse {
    refusals.push(String(status))
    return {
      status,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ok: false, error_code: status, description, parameters }),
    }
  }

  function pointTo(to: typeof webhook): void {
    webhook = to
    for (const { update, key } of waiting.splice(0)) deliver(update, key)
  }
  function tell(kind: string, content: object, chat?: Chat): void {
    const update = { update_id: (last.update += 1), [kind]: content }
    const key = String(chat?.id ?? 'account')
    if (webhook.url === '') waiting.push({ update, key })
    else deliver(update, key)
  }
  function deliver(update: object, key: string): void {
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhook.secret }
    last.undelivered += 1
    const sent = deliverer.send(
      { url: webhook.url, headers, body: JSON.stringify(update) },
      faults.shuffleMs > 0 ? undefined : key,
    )
    void sent.then((answer) => {
      if (answer) last.undelivered -= 1
      if (!answer?.body) return
      const { method, callback_query_id: id } = JSON.parse(answer.body)
      if (method === 'answerCallbackQuery') answered.add(String(id))
    })
  }

  const { write, contentOf, acts } = createActs({ chats, last, now, seconds, keep, tell })

  const people = new Map<string, Person>()
  function newPerson(name: string): Person {
    const id = firstId === undefined ? (last.user += 1) : 1_000_000 + numberOf(name, 900_000_000)
    const user = { id, is_bot: false as const, first_name: name, language_code: 'en' }
    const chat = chats.open(user.id, 'private')
    const person: Person = {
      address: String(user.id),
      user,
      screen: [],
      blocked: false,
      typingUntil: 0,
      chat,
      async say(said) {
        const words =
          said.type === 'text'
            ? said.text
            : said.type === 'location'
              ? (said.title ?? '')
              : (said.caption ?? said.name ?? '')
        return write(person, contentOf(said), { type: said.type, text: words })
      },
      async act(act) {
        const [verb = '', ...words] = act.split(':')
        const done = acts[verb]
        if (!done) throw new Error(`Nobody can ${verb} here`)
        done(person, words.join(':'))
      },
      // Bots are not told who has read what.
      read: async () => undefined,
    }
    chat.people.push(person)
    return person
  }

  return {
    config,
    pointTo: (url) => pointTo({ url, secret: webhookSecret({ token }), allowed: webhook.allowed }),
    phone(name) {
      const person = people.get(name) ?? newPerson(name)
      people.set(name, person)
      return person
    },
    faults,
    refusals,
    answered,
    revoke: () => (token = `5000:AA${madeSecret()}`),
    expireToken: () => void (token = `5000:AA${madeSecret()}`),
    renewToken: () => void (token = config.token),
    file: (id) => files.get(id),
    settled: () => deliverer.settled(),
    async stop() {
      deliverer.stop()
      await server.stop()
    },
  }
}
