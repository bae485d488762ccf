import type { SenderChecks } from '@qiao/protocol'
import type { Context, RawEvent } from './contract.ts'

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
  /** What the service that took it for us says of the sending domain. */
  told?: SenderChecks
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
  /** Once more to these of its recipients only: all others have it. Its headers stay as they were. */
  only?: readonly string[]
  /** Not written by a person: nobody's program may answer it. */
  automatic: boolean
}
