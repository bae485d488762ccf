import type { AccountMenu, MenuKind, MenuLimits, MessageContent, TemplateDraft, TemplateRules } from '@qiao/protocol'
import type { z } from 'zod'
import type { Capabilities } from './capabilities.ts'
import type { Alias, ChannelEvent, MediaReference, TemplateState } from './events.ts'
import type { Json, JsonObject } from './json.ts'
import type { Problem } from './problem.ts'

/**
 * A channel is data plus functions (docs/channels/README.md). Those marked pure see no clock, network or database; the
 * others get all they need as a context. What went wrong is a value; throwing means a bug.
 *
 * Written as methods on purpose: a channel with its own type of configuration stays assignable to `Channel`.
 */
export interface Channel<Config = unknown> {
  about: About
  /**
   * Draws the form of the setup page and checks it. Fields carry `.meta({ title, help, secret, advanced })` with texts
   * `{ zh, en }`; secrets are encrypted at rest and never read back.
   */
  config: z.ZodType<Config>
  capabilities: Capabilities
  /** Of one account, for channels where whoever sets it up declares its rules; without it `capabilities` hold. Pure. */
  capabilitiesOf?(config: Config): Capabilities
  /** The canonical form of what a person types or a provider sends; null when it is no address. Pure. */
  address(text: string): string | null
  webhook?: Webhook<Config>
  pull?: Pull<Config>
  link?: Link<Config>
  letters?: Letters<Config>
  /** What one stored event says. Anything not understood is `unknown`. Pure. */
  normalise(data: Json, config: Config): ChannelEvent[]
  /** A message as the provider's requests, in order: split and degraded by the capabilities. Pure. */
  render(message: OutgoingMessage, config: Config): Rendered
  send(part: Part, context: SendContext<Config>): Promise<SendResult>
  /** Changes or takes back what a customer has, where `edits.out` or `recalls.out` say so. Repeats do no harm. */
  revise?(change: Revision, context: SendContext<Config>): Promise<SendResult>
  /** Finds out what became of a send without an answer. Without it people decide. */
  reconcile?(part: Part, context: SendContext<Config>): Promise<SendResult>
  fetchMedia?(media: MediaReference, context: Context<Config>): Promise<MediaResult>
  /** Typing and read marks towards the customer. Best effort: what it returns is logged. */
  signal?(signal: Signal, context: Context<Config>): Promise<Problem | null>
  profile?(address: string, context: Context<Config>): Promise<Profile | null>
  templates?: Templates<Config>
  menus?: Menus<Config>
  /**
   * An address that brings customers into the chat and the parameter back with what they do there, for links and codes.
   * The parameter is of at most 64 letters of `A-Za-z0-9_-`.
   */
  entrance?(parameter: string, context: Context<Config>): Promise<Entrance | Problem>
  lifecycle: Lifecycle<Config>
}

export interface About {
  /** Also the name of its folder. */
  id: string
  name: Words
  /** One line: who uses it and where. */
  summary: Words
  colour: string
  /** Path data of an icon in a 24 × 24 box, drawn by us. */
  icon: string
  /** Name of its page in docs/channels. */
  docs: string
  /** Where customers are counted apart: `person` addresses are of a person, `app` ones only mean something in one account. */
  addressScope: 'person' | 'app'
  /**
   * What somebody has proven by writing here. Contacts with the same proof are merged without a question, so say nothing
   * that a sender could make up.
   */
  proves?: {
    /** The address, or the phone number among the aliases, is a number that the writer holds. */
    phone?: true
    /** An `email` alias is the writer's own: told only where its domain stands for what was written. */
    email?: true
    /** In which space `union` aliases name one person: channels that share it share their customers. */
    union?: string
  }
}
export interface Words {
  zh: string
  en: string
}

// ---------------------------------------------------------------- in

export interface RawRequest {
  method: string
  /** As the provider called it, with the public origin: some sign the whole address. */
  url: URL
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: Buffer
}
export interface RawResponse {
  status: number
  headers?: Record<string, string>
  body: string
}

export interface Webhook<Config> {
  /**
   * Checks who calls and takes the body apart into events, each with the provider's own id. The server stores them before
   * it gives the answer. Pure but for the time, which signatures need.
   */
  accept(request: RawRequest, config: Config, now: Date): Accepted
  /**
   * For signatures by keys that have to be fetched: asked about what `accept` would take, before anything is stored. Null:
   * it is the provider's. A text: why it is not. A problem: it cannot be told now, and the provider is asked to come again.
   */
  prove?(request: RawRequest, context: Context<Config>): Promise<string | Problem | null>
}

export type Accepted =
  /** Nothing to keep: a challenge, a ping. */
  | { kind: 'answer'; response: RawResponse }
  /** Not from the provider. `reason` is for the log and the status page. */
  | { kind: 'refused'; reason: string; response: RawResponse }
  /** `pull`: a hint that something waits to be fetched. `hint`: what the provider wants shown again when it is. */
  | { kind: 'accepted'; events: readonly RawEvent[]; pull?: boolean; hint?: Json; response: RawResponse }
  /** Letters as they are, for `letters.take`. */
  | { kind: 'letters'; letters: readonly RawLetter[]; response: RawResponse }

export interface RawEvent {
  /** The provider's id, the same on each repeat; unique within the account. */
  id: string
  /** Events of one key are handled one after the other: usually the customer's address. */
  orderKey: string
  /** Where the provider puts it among those of its key: a time in milliseconds or a running number. */
  position: number
  data: Json
}

/** For providers that are asked. One asks at a time; `state` comes back as it was returned, stored with the events. */
export interface Pull<Config> {
  /** Without hints: how often. */
  everyMs: number
  /** `hint`: that of the latest call, where one led here; never needed, but providers let those with it ask more often. */
  fetch(state: Json, context: Context<Config>, hint?: Json): Promise<PullResult>
}
export type PullResult =
  | { kind: 'fetched'; events: readonly RawEvent[]; state: Json; more: boolean }
  | { kind: 'failed'; problem: Problem; afterMs: number | null }

/** For providers that keep a connection open. One process holds it at a time. */
export interface Link<Config> {
  /**
   * Of providers that number nothing, and keep `unsure` apart by this: so long what was stored may be repeated. What needs it
   * has no `pull`, whose place it is kept in.
   */
  repeatsMs?: number
  /**
   * Resolves when connected. `take` resolves once the events are stored: only then may they be acknowledged. `ask` has
   * `pull` look at once, for links that only tell that something is there. `unsure`: ids of what was stored as the last
   * connection broke, or within `repeatsMs` before; it may come again now.
   */
  open(
    context: Context<Config>,
    take: (events: readonly RawEvent[]) => Promise<void>,
    ask: () => void,
    unsure: readonly string[],
  ): Promise<OpenLink>
}
export interface OpenLink {
  /** Resolves when the connection is over, with why. */
  over: Promise<Problem>
  close(): Promise<void>
}

/** For channels that others hand letters to: by our own SMTP listener, or by a provider's webhook. */
export interface Letters<Config> {
  /** Where it is written to, in canonical form: the listener finds the account of a recipient by it. Pure. */
  addresses(config: Config): readonly string[]
  /** Reads and keeps (`context.keep`) the letter; the event says what is in it. Never throws for what is in it. */
  take(letter: RawLetter, context: Context<Config>): Promise<RawEvent>
}
export interface RawLetter {
  raw: Buffer
  /** Who handed it over: for the checks of the sending domain. */
  envelope: { from: string; to: readonly string[]; remoteAddress: string | null; helo: string | null }
}

// ---------------------------------------------------------------- out

export interface OutgoingMessage {
  to: string
  content: MessageContent
  /** The provider's id of the message that is answered. */
  replyTo?: string
  /** Which allowance it goes under; `human-agent` when the ordinary window is shut. */
  window: 'open' | 'human-agent'
  /** For channels that show who answers. */
  author?: { name: string; avatarUrl?: string }
  /** Addresses of attachments that providers can fetch, by attachment id; short-lived. */
  links: Readonly<Record<string, string>>
  /** BCP 47, for the few words of our own («1. …, reply with the number»). */
  language?: string
  thread?: string
  /** Where messages say what they answer (`capabilities.letters`). */
  letter?: OutgoingLetter
}

/** What a letter carries beside its content. */
export interface OutgoingLetter {
  /** Ours, the same for each try: channels that name letters themselves make the name from it. */
  id: string
  /** For what is not a `mail` itself: a form, a notice, a rating that is asked for. */
  subject: string
  conversationId: string
  /** The number that people quote. */
  conversationNumber: number
  /** Provider's ids of what came before, oldest first; the last one is what this answers. */
  references: readonly string[]
  /** Of a `mail`: the body as it was kept, with the history below it. */
  body: { html: string | null; text: string } | null
  /** Below what an agent wrote as a plain message; a body has its own. Absent: none. */
  signature?: string
  /** Not written by a person: nobody's program may answer it. */
  automatic: boolean
}

export interface Part {
  /** What is sent, except for bytes and secrets. Stored, and shown to administrators when it fails. */
  request: JsonObject
  /** Ids of attachments whose bytes `send` reads. */
  attachmentIds?: readonly string[]
}
export type Rendered =
  | {
      kind: 'parts'
      parts: readonly [Part, ...Part[]]
      /** What the customer sees instead of what was written; the composer shows it before sending. */
      degraded: readonly string[]
    }
  | { kind: 'impossible'; problem: Problem }

/** `part`: the request that would send the new content. */
export type Revision =
  | { kind: 'edit'; to: string; messageId: string; part: Part }
  | { kind: 'recall'; to: string; messageId: string }

export type SendResult =
  | { kind: 'accepted'; messageId: string | null; moved?: string; refused?: readonly Refused[] }
  | { kind: 'retry'; afterMs: number | null; problem: Problem }
  | { kind: 'rejected'; problem: Problem }
  /** Written, but no answer came: it may or may not have arrived. */
  | { kind: 'unknown'; problem: Problem }

/** Of several who were written to, one whom the provider did not take. */
export interface Refused {
  address: string
  problem: Problem
}

export type MediaResult =
  | { kind: 'fetched'; bytes: Buffer; mime?: string; name?: string }
  | { kind: 'retry'; afterMs: number | null; problem: Problem }
  | { kind: 'gone'; problem: Problem }

/** `messageId` of typing: the customer's latest message, which some providers want named. */
export type Signal =
  | { kind: 'typing'; to: string; messageId?: string }
  | { kind: 'read'; to: string; messageId: string }

export interface Profile {
  name?: string
  avatarUrl?: string
  language?: string
  attributes?: Record<string, string>
  /** Told only when asked for: worth as much as those that come with what the customer says. */
  aliases?: readonly Alias[]
}

export interface Template {
  name: string
  /** What people call it, where `name` is a code of the provider's. */
  title?: string
  language: string
  category: string
  state: TemplateState
  /** The words with `{{1}}` or `{{name}}` for what is filled in. */
  text: string
  parameters: readonly string[]
  reason?: string
  /** How the provider shows it, where it has more than one text; `text` is all of them but for the buttons. */
  components?: readonly { part: 'header' | 'body' | 'footer' | 'button'; text: string }[]
}
export interface Templates<Config> {
  list(context: Context<Config>): Promise<Template[] | Problem>
  /** Where they can be made from here: what the provider takes, and the way to submit one that keeps to it. */
  make?: {
    rules: TemplateRules
    /** What the provider puts before every text of this account. Pure. */
    prefix?(config: Config): string
    submit(draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem>
    /** Submits it again, changed, in a state that `rules.edits` names. */
    edit?(name: string, draft: TemplateDraft, context: Context<Config>): Promise<Template | Problem>
  }
  /** In all its languages. */
  remove?(name: string, context: Context<Config>): Promise<Problem | null>
}

export interface Menus<Config> {
  limits: MenuLimits
  /** What entries can do beside pressing and opening, and is worth editing here. */
  kinds: readonly MenuKind[]
  /** Null when there is none. */
  get(context: Context<Config>): Promise<AccountMenu | null | Problem>
  /** Puts this one in place of whatever was there; null takes it away. */
  set(menu: AccountMenu | null, context: Context<Config>): Promise<Problem | null>
}
export interface Entrance {
  url: string
  /** `code`: to be drawn and scanned; it does not open when it is pressed. */
  as: 'link' | 'code'
  /** Null: good for ever. */
  endsAt: string | null
}

// ---------------------------------------------------------------- around

export interface Lifecycle<Config> {
  /** Tells the provider where to call, if it can be told. */
  connect?(context: Context<Config>): Promise<Problem | null>
  disconnect?(context: Context<Config>): Promise<Problem | null>
  /** Asks the provider whether the configuration works; each finding says in words what is wrong and what to do. */
  check(context: Context<Config>): Promise<Finding[]>
  /** What the administrator copies into the provider's pages. Pure. */
  setup?(callbackUrl: string, config: Config): readonly { label: Words; value: string }[]
}
export interface Finding {
  ok: boolean
  words: Words
}

export interface Context<Config> {
  config: Config
  http: Http
  now(): Date
  log: { info(facts: object, words: string): void; warn(facts: object, words: string): void }
  tokens: Tokens
  /** Where the provider calls this account. */
  callbackUrl: string
  /** Derived from the deployment's secret for this account and purpose, the same for ever: hexadecimal, 32 bytes. */
  key(purpose: string): string
  /** Keeps what is too large for an event, and gives the name under which `kept` has it. The same bytes, the same name. */
  keep(bytes: Buffer): Promise<string>
  kept(name: string): Promise<Buffer | null>
  signal?: AbortSignal
}

export interface SendContext<Config> extends Context<Config> {
  /** The same for each try of this part: for providers that know repeats by a key. */
  idempotencyKey: string
  attachment(id: string): Promise<{ bytes: Buffer; mime: string; name: string }>
}

/** Shared by all processes; one fetches while the others wait. With the settings changed all are forgotten but `lasting:…`. */
export interface Tokens {
  get(name: string, fetch: () => Promise<FreshToken | Problem>): Promise<string | Problem>
  /** The provider gave this one without being asked for it: it takes the place of what is known under the name. */
  put(name: string, token: FreshToken): Promise<void>
  /** The provider refused it: the next `get` fetches anew. Only forgets the one that is named. */
  drop(name: string, token: string): Promise<void>
}
export interface FreshToken {
  value: string
  expiresInMs: number
}

/** Answers of any status are values; no answer is one too. `written`: bytes of the request had gone out. */
export interface Http {
  (url: string, request: HttpRequest): Promise<HttpResponse>
}
export interface HttpRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | Buffer
  timeoutMs?: number
  maxBytes?: number
}
export type HttpResponse =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: Buffer }
  | { kind: 'silence'; written: boolean; reason: string }

export const isProblem = (value: object | string | null): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && !('value' in value)

/** Keeps the type of the configuration while a channel is written, and forgets it for those who use all of them. */
export const defineChannel = <Config>(channel: Channel<Config>): Channel<Config> => channel
