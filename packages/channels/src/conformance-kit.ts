import type { HttpResponse, OutgoingMessage, Part, RawRequest, RawResponse, SendResult } from './contract.ts'
import type { ChannelEvent } from './events.ts'
import type { Json } from './json.ts'

/** What a channel's test gives to the suite. */
export interface Kit<Config> {
  config: Config
  /** The same account with other secrets. */
  otherSecrets: Config
  /** Values in `config` that nobody may ever read in an error, a log or a stored request. */
  secrets: readonly string[]
  now: Date
  fixtures: readonly Fixture[]
  /** A request as the provider would send it, with any body; absent for channels without a webhook. */
  sign?: (body: Buffer) => RawRequest
  /** Changes of a signed request that each make it invalid; empty for providers that do not sign. */
  forgeries: readonly ((request: RawRequest) => RawRequest)[]
  /** Limits of the provider that this request breaks, in its documentation's words; written apart from `render`. */
  breaks(part: Part): string[]
  /** All words that the customer would see of it. */
  wordsOf(part: Part): string
  to: string
  /** What the answers are about, for channels that send no free texts. */
  sample?: OutgoingMessage['content']
  /** Of channels whose answers to calls can be messages: reads one as the provider does, and says which of its rules it breaks. */
  reads?: {
    config: Config
    answer: (response: RawResponse, part: Part) => { to: string; broken: readonly string[] }
    /** What the provider answers while one file is handed over, where files can be answers (`Answers.prepare`). */
    uploads?: readonly HttpResponse[]
  }
  answers: readonly { name: string; answers: readonly HttpResponse[]; gives: Partial<SendResult> }[]
}
export interface Fixture {
  name: string
  /** As it came by the webhook; events that are pulled or come by a link give `data` alone. */
  request?: RawRequest
  data?: Json
  ids?: readonly string[]
  /** Whom the answer to this call could reach; null: it cannot be a message. Left out: not asked. */
  open?: string | null
  events: readonly ChannelEvent[]
}

export interface Check {
  name: string
  run(): void | Promise<void>
}
