import type { AccountMenu, MenuKind, MenuLimits, MessageContent } from '@qiao/protocol'
import type { z } from 'zod'
import type { Answers, OpenCall } from './answers.ts'
import type { Authorisation, Renewal } from './authorisation.ts'
import type { Capabilities } from './capabilities.ts'
import type { Alias, ChannelEvent, MediaReference } from './events.ts'
import type { Http } from './http.ts'
import type { Json, JsonObject } from './json.ts'
import type { Letters, OutgoingLetter, RawLetter } from './letters.ts'
import type { Problem } from './problem.ts'
import type { Encoding } from './sms-segments.ts'
import type { Templates } from './templates.ts'

export type { Answers, OpenCall } from './answers.ts'
export type { Authorisation, Renewal } from './authorisation.ts'
export type { Http, HttpRequest, HttpResponse } from './http.ts'
export type { Letters, OutgoingLetter, RawLetter } from './letters.ts'
export type { Template, Templates } from './templates.ts'

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
  /** What is different in the chat at this address, where one account has chats of several kinds. Pure. */
  capabilitiesAt?(address: string): Partial<Capabilities>
  /** The canonical form of what a person types or a provider sends; null when it is no address. Pure. */
  address(text: string): string | null
  webhook?: Webhook<Config>
  pull?: Pull<Config>
  link?: Link<Config>
  letters?: Letters<Config>
  /** Fetches what an event only names: the data that `normalise` reads instead. Null: nothing to fetch, or to be had. */
  complete?(data: Json, context: Context<Config>): Promise<Completed | null>
  /** What one stored event says. Anything not understood is `unknown`. Pure. */
  normalise(data: Json, config: Config): ChannelEvent[]
  /** The group of a thread, where several threads (topics) are in one and its limits hold for all of them. Pure. */
  groupOf?(thread: string): string
  /** A message as the provider's requests, in order: split and degraded by the capabilities. Pure. */
  render(message: OutgoingMessage, config: Config): Rendered
  /** The words that the customer reads in a part; empty for a bare file. Pure. */
  wordsIn(part: Part): string
  /** Where operators count by segments: into how many they will cut a part, and by which alphabet. Pure. */
  segmentsIn?(part: Part): { encoding: Encoding; count: number }
  send(part: Part, context: SendContext<Config>): Promise<SendResult>
  /** Changes or takes back what a customer has, or reacts to what they said, where `edits.out`, `recalls.out` or `reactions.out` say so. Repeats do no harm. */
  revise?(change: Revision, context: SendContext<Config>): Promise<SendResult>
  /** Finds out what became of a send without an answer. Without it people decide. */
  reconcile?(part: Part, context: SendContext<Config>): Promise<SendResult>
  fetchMedia?(media: MediaReference, context: Context<Config>): Promise<MediaResult>
  /** Typing and read marks towards the customer. Best effort: what it returns is logged. */
  signal?(signal: Signal, context: Context<Config>): Promise<Problem | null>
  /** The conversation with this customer is over here. Best effort, after all that was said in it; what it returns is logged. */
  ended?(to: string, context: Context<Config>): Promise<Ended | Problem>
  /**
   * Gives the session with this customer to people in the provider's own app (`theirs`), or ends the one that they have, so that
   * what the customer writes next comes here (`over`). Asked twice it says the same.
   */
  moveSession?(to: 'theirs' | 'over', customer: string, context: Context<Config>): Promise<Moved | Problem>
  profile?(address: string, context: Context<Config>): Promise<Profile | null>
  templates?: Templates<Config>
  menus?: Menus<Config>
  /**
   * An address that brings customers into the chat and the parameter back with what they do there, for links and codes.
   * The parameter is of at most 64 letters of `A-Za-z0-9_-`.
   */
  entrance?(parameter: string, context: Context<Config>): Promise<Entrance | Problem>
  authorisation?: Authorisation<Config>
  renewal?: Renewal<Config>
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
  /** Name of its page: docs/channels/<docs>.md, or the guide.md of the folder of that name here. */
  docs: string
  /** Where customers are counted apart: `person` addresses are of a person, `app` ones only mean something in one account. */
  addressScope: 'person' | 'app'
  /** `address` aliases are other names of the same chat: who was known by one goes on under the address. */
  oneChat?: true
  /**
   * What somebody has proven by writing here. Contacts with the same proof are merged without a question, so say nothing
   * that a sender could make up.
   */
  proves?: {
    /** The address, or the phone number among the aliases, is a number that the writer holds; `alias`: only the latter. */
    phone?: true | 'alias'
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
  answers?: Answers<Config>
}

export type Accepted =
  /** Nothing to keep: a challenge, a ping. */
  | { kind: 'answer'; response: RawResponse }
  /**
   * Not from the provider. `reason` is for the log and the status page. `problem`: it is the provider's, but set up so that it
   * cannot be used, which the administrator is told in words.
   */
  | { kind: 'refused'; reason: string; problem?: Problem; response: RawResponse }
  /** `pull`: a hint that something waits to be fetched. `hint`: what the provider wants shown again when it is. */
  | {
      kind: 'accepted'
      events: readonly RawEvent[]
      pull?: boolean
      hint?: Json
      /** A message may take the place of `response`; the first of the events names the call. */
      open?: OpenCall
      response: RawResponse
    }
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

export type Completed =
  | { kind: 'completed'; data: Json }
  /** Tried again later; the last time without. */
  | { kind: 'retry'; afterMs: number | null; problem: Problem }

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
  /** The key of the thread in which it is said; `to` is then the one who is answered, or the group. */
  thread?: string
  /** The provider's id of something said in public, which is answered in private: in one message, whatever the window. */
  privately?: string
  /** Where messages say what they answer (`capabilities.letters`). */
  letter?: OutgoingLetter
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
  /** To a message of the customer; null takes it back. */
  | { kind: 'react'; to: string; thread?: string; messageId: string; emoji: string | null }

export type SendResult =
  | { kind: 'accepted'; messageId: string | null; moved?: string; refused?: readonly Refused[] }
  | { kind: 'retry'; afterMs: number | null; problem: Problem }
  | { kind: 'rejected'; problem: Problem }
  /** Written, but no answer came: it may or may not have arrived. `messageId`: its name if it has, where we name it. */
  | { kind: 'unknown'; problem: Problem; messageId?: string }

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
  | { kind: 'typing'; to: string; thread?: string; messageId?: string }
  | { kind: 'read'; to: string; thread?: string; messageId: string }

/** `shut`: nothing can be sent until the customer writes again. */
export interface Ended {
  shut: boolean
}

/** `ours`: it had come back by itself. `words`: for the timeline. */
export interface Moved {
  state: 'theirs' | 'over' | 'ours'
  words: string
}

export interface Profile {
  name?: string
  avatarUrl?: string
  language?: string
  attributes?: Record<string, string>
  /** Told only when asked for: worth as much as those that come with what the customer says. */
  aliases?: readonly Alias[]
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
  /** With the secrets of before, while these are still good: for protocols in which we sign with both until then. */
  previous?: Config
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

/** With the samples of files that a draft names. */
export interface MakeContext<Config> extends Context<Config> {
  attachment(id: string): Promise<{ bytes: Buffer; mime: string; name: string }>
}
export interface SendContext<Config> extends MakeContext<Config> {
  /** The same for each try of this part: for providers that know repeats by a key. */
  idempotencyKey: string
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

export const isProblem = (value: object | string | null): value is Problem =>
  typeof value === 'object' && value !== null && 'code' in value && !('value' in value)

/** Keeps the type of the configuration while a channel is written, and forgets it for those who use all of them. */
export const defineChannel = <Config>(channel: Channel<Config>): Channel<Config> => channel
