import type { Part, RawResponse, SendContext } from './contract.ts'
import type { JsonObject } from './json.ts'

/** A call of a provider whose answer can be a message. */
export interface OpenCall {
  /** Whom the answer reaches: a canonical address. */
  to: string
  /** What `Answers.respond` wants to know of the call. */
  call: JsonObject
}

/** Messages as answers to the provider's calls (`Capabilities.answers`). */
export interface Answers<Config> {
  /** Whether the provider takes this kind of part there; never one whose bytes are still to be handed over. Pure. */
  carries(part: Part): boolean
  /**
   * Hands over the bytes of a part, and gives it as one that is carried; null: it cannot be an answer, or not now. `send` takes
   * what it gives as well, for calls whose time is over by then. Nobody sees it: done twice it does no harm.
   */
  prepare?(part: Part, context: SendContext<Config>): Promise<Part | null>
  /** The part as the answer to this call. Pure but for the time, and for what encryption makes by chance. */
  respond(part: Part, call: JsonObject, config: Config, now: Date): RawResponse
}
