import type { AttachmentKind, MessageContent } from '@qiao/protocol'
import type { Words } from './contract.ts'
import type { Thread } from './events.ts'

/**
 * What a channel can do, as data. The server's policy, the composer and the setup pages read it; nobody asks which
 * channel it is. Durations in milliseconds, sizes in bytes.
 */

export type ContentType = MessageContent['type']

export interface TextLimits {
  most: number
  /** How the provider counts: code points, UTF-16 units, UTF-8 bytes, or SMS segments of GSM-7/UCS-2. */
  unit: 'characters' | 'utf-16' | 'bytes' | 'segments'
  /** A longer text is sent as several messages; without that it is refused before it is written. */
  splits: boolean
}

export interface AttachmentLimits {
  /** Types that go as they are, e.g. `image/jpeg`. */
  mimes: readonly string[]
  bytes: number
  /** Longest text that can accompany it; 0 when captions become a message of their own. */
  caption: number
  durationMs?: number
  /** What the server converts other files of this kind to before `render` sees them. */
  convertTo?: 'image/jpeg' | 'audio/amr' | 'audio/mpeg' | 'audio/ogg' | 'audio/mp4' | 'video/mp4'
}

/** When the business may write freely. Without a window it always may. */
export interface ReplyWindow {
  /** A message of the customer opens it for so long, for so many messages (null: any number). */
  message: Allowance
  /** Lesser acts that open it for less: following, a click in a menu, a scanned code, entering the chat. */
  acts?: Readonly<Record<string, Allowance>>
  /** What is possible when it is shut. `human-agent` is a longer window for people's answers only. */
  afterwards: readonly ('template' | 'human-agent')[]
  humanAgentMs?: number
}
export interface CallAnswers {
  /** So long after a call came it can still be answered. */
  withinMs: number
  /** How often the provider calls until it is answered. */
  calls: number
  /** Nothing can be sent in another way: what is not ready in time waits for the customer's next call. */
  only?: true
}
export interface Allowance {
  ms: number
  messages: number | null
}

/** What moving a session is called at the provider, and what one should know before. */
export interface SessionWords {
  give: Words
  giveAsk: Words
  end: Words
  endAsk: Words
}

export interface Capabilities {
  /** What customers can send; a fixture of each belongs to the channel. */
  receives: readonly ContentType[]
  /** What goes out as what it is. Any other content is sent as text (and links). */
  sends: readonly ContentType[]
  text: TextLimits
  attachments: Partial<Record<AttachmentKind, AttachmentLimits>>
  /** Words that hold an address of a page are refused: files cannot go as links either. */
  links?: false
  menu: { options: number; label: number } | null
  /** Cards can open a page of a mini program: of any that is linked to the account, or of the one that is chatted in. */
  miniPrograms?: 'any' | 'own' | undefined
  window: ReplyWindow | null
  /**
   * People write letters: each says what it answers, several conversations of one customer run side by side, others take
   * part by copy, and an answer may come in days.
   */
  letters?: true
  /**
   * The business may write to an address that has never written: any words, or templates alone. Addresses are what people
   * know, such as phone numbers.
   */
  writesFirst?: 'words' | 'template'
  /** Every message that goes out costs the business money: programs say only what matters. */
  paid?: true
  /** Where the answer to a call of the provider can be a message (`Webhook.answers`), which no quota counts. */
  answers?: CallAnswers
  /** Marks that the provider reports of what we sent. */
  receipts: readonly ('sent' | 'delivered' | 'read' | 'failed')[]
  typing: { in: boolean; out: boolean }
  readsOut: boolean
  replyTo: boolean
  edits: { in: boolean; out: boolean }
  recalls: { in: boolean; out: boolean }
  /**
   * `only`: with which emojis we may react; without it any. Those of customers are whatever they are. `why`: why we cannot,
   * where the channel can elsewhere.
   */
  reactions: { in: boolean; out: boolean; only?: readonly string[]; why?: Words }
  templates: boolean
  /** People can have a customer's session in the provider's own app (`moveSession`). */
  sessions?: SessionWords
  /** Several customers in one conversation: what is said in a group is one conversation, whoever says it. */
  groups: boolean
  /** Under posts: so long what somebody said there can be answered with one private message. */
  privately?: { ms: number }
  /** What is different where others read along. */
  inThreads?: Readonly<Partial<Record<Thread['kind'], Partial<Capabilities>>>>
  /** Our own messages come back to us, and what was written in the provider's own app too. */
  echoes: boolean
  /** How long what cannot be sent now is tried, and how far apart at last. Without it: six hours, ten minutes. */
  tries?: { forMs: number; mostApartMs: number }
  /** Most calls a second for the whole account, to one customer, and into one group. */
  rate: { perSecond: number; perPeerPerSecond: number; perGroupPerSecond?: number }
  /**
   * `unordered`: what arrives within `settleMs` of another event of its customer is put in the provider's order first. `untold`:
   * the provider tells neither order nor times, so that what comes first is first.
   */
  ordering: { in: 'ordered' | 'unordered' | 'untold'; settleMs: number }
  /**
   * Words that, alone in a message, mean stop and start (texting conventions). `stop`: law and carriers hold to it until the
   * customer says start. `stopPromotion`: no more advertising; answers to questions and notices stay welcome.
   */
  optOut: { stop: readonly string[]; stopPromotion?: readonly string[]; start: readonly string[] } | null
}

/** What holds in a conversation: with one customer alone (null), or where others read along. */
export const capabilitiesIn = (capabilities: Capabilities, kind: Thread['kind'] | null): Capabilities => ({
  ...capabilities,
  ...(kind === null ? {} : capabilities.inThreads?.[kind]),
})
