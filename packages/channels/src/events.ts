import type { AttachmentKind, ContentOf, MessageContent } from '@qiao/protocol'
import type { Json } from './json.ts'
import type { Problem } from './problem.ts'

/** What a provider tells us, in words that are the same for every channel. Times are ISO 8601 in UTC. */

/** Bytes that the provider keeps: at an address, under an id of its own, or both. */
export interface MediaReference {
  id?: string
  url?: string
  mime?: string
  name?: string
  bytes?: number
  durationMs?: number
}

type WithAttachment = ContentOf<AttachmentKind>
/** Our message content, with the provider's reference where bytes are still to be fetched. */
export type ReceivedContent =
  | Exclude<MessageContent, WithAttachment | ContentOf<'mail'>>
  | ReceivedMail
  | { type: AttachmentKind; media: MediaReference; caption?: string }

/** A letter as its channel reads it; the server keeps body and files and makes the content of it. */
export type ReceivedMail = Omit<ContentOf<'mail'>, 'bodyId' | 'attachments' | 'bcc' | 'cut'> & {
  html: string | null
  /** The same where it is long, by the name that `context.keep` gave; `html` is null then. */
  htmlKept?: string
  /** The whole text, and what was taken off `text`: history and signature. */
  whole: string
  quoted: string
  signature: string
  files: readonly (MediaReference & { cid?: string })[]
  /** The mail as it came, by the name that `context.keep` gave. */
  original: string
}

/** Who writes. `address` is canonical: one customer, one address. */
export interface Peer {
  address: string
  /** Other addresses that the provider vouches for: the phone number beside a user id, a union id. */
  aliases?: readonly Alias[]
  name?: string
  avatarUrl?: string
  language?: string
  /** Other facts that come with what they say: a user name. They fill what is empty. */
  attributes?: Readonly<Record<string, string>>
  /** Anybody can write this address; the provider does not vouch for it. Left out where addresses are always theirs. */
  claimed?: boolean
}
export interface Alias {
  kind: 'phone' | 'email' | 'union' | 'address'
  value: string
}

/**
 * Where it was said when that is not a chat between the customer and us alone. What a group says in its own name comes
 * `from` the address that is its key.
 */
export interface Thread {
  key: string
  kind: 'group' | 'public'
  title?: string
}

interface Base {
  at: string
  from: Peer
  thread?: Thread
}

export type ChannelEvent =
  | (Base & {
      kind: 'message'
      /** The provider's id of the message, by which replies, marks and edits name it. */
      id: string
      content: ReceivedContent
      replyTo?: string
      /** Of letters: what it answers, by the provider's ids, nearest first. */
      answers?: readonly string[]
      /**
       * Our conversation, where the letter proves that its writer was written to in it: by a name of ours that nobody could
       * make up, which the channel has checked.
       */
      belongs?: { conversationId: string }
      /** The number that a subject quotes: proves nothing. */
      quotesNumber?: number
      /** Who else it went to. */
      copies?: readonly Peer[]
      /** Menu option that was chosen, when the content is the answer. */
      choice?: string
      /** A name of `ReplyWindow.acts` when that is all the message opens: some providers count a choice as a click. */
      opens?: string
      /** How the customer came: an advertisement, a code, a link with a parameter. */
      referral?: { source: string; parameter?: string; title?: string; url?: string }
      /** Facts without a place of their own, shown with the message. */
      extra?: Json
    })
  /** Written by the business in the provider's own app, or our own message coming back. `from` is the customer. */
  | (Base & { kind: 'echo'; id: string; content: ReceivedContent; ours: boolean; key?: string })
  | (Base & { kind: 'edited'; messageId: string; content: ReceivedContent })
  | (Base & { kind: 'recalled'; messageId: string })
  | (Base & { kind: 'reacted'; messageId: string; emoji: string | null })
  | (Base & { kind: 'typing'; on: boolean })
  /** A mark on what we sent: on one message, or on all up to a time. */
  | {
      kind: 'receipt'
      at: string
      to: string
      /** `delayed`: still being tried by the other side. */
      state: 'sent' | 'delivered' | 'read' | 'failed' | 'delayed'
      messageId?: string
      upTo?: string
      problem?: Problem
      /** Our key of the send, where the provider gives it back: settles a send whose answer was lost. */
      key?: string
    }
  /** Opens the window without a message: `act` is a name of `ReplyWindow.acts`. */
  | (Base & { kind: 'acted'; act: string; words: string; parameter?: string })
  /**
   * The provider's side of the conversation: its own people have it (`theirs`), so that nothing can be sent from here until they
   * let go of it; or it is over (`over`), until the customer writes again. `opens`: what may still be sent, a name of `ReplyWindow.acts`.
   */
  | (Base & { kind: 'session'; state: 'theirs' | 'over'; words: string; opens?: string })
  /** The customer does not want to hear from us, or wants to again: at all, or about what we advertise. */
  | (Base & { kind: 'consent'; wanted: boolean; about?: 'promotion' })
  /** The provider gave the customer another address. */
  | (Base & { kind: 'moved'; toAddress: string })
  | { kind: 'template'; at: string; name: string; language: string; state: TemplateState; reason?: string }
  /** This address will never work: nothing more is sent to it until a person says otherwise. */
  | { kind: 'unreachable'; at: string; address: string; problem: Problem }
  /** The account itself: restricted, disconnected, quality fell. */
  | { kind: 'account'; at: string; problem: Problem }
  /** Kept, shown to administrators, never thrown. */
  | { kind: 'unknown'; at: string; summary: string; from?: Peer }
  /** Known and of no use to us. */
  | { kind: 'nothing'; why: string }

export type TemplateState = 'pending' | 'approved' | 'rejected' | 'paused' | 'disabled'
export type EventOf<Kind extends ChannelEvent['kind']> = Extract<ChannelEvent, { kind: Kind }>
