import type { AttachmentKind, MessageContent } from '@qiao/protocol'

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
export interface Allowance {
  ms: number
  messages: number | null
}

export interface Capabilities {
  /** What customers can send; a fixture of each belongs to the channel. */
  receives: readonly ContentType[]
  /** What goes out as what it is. Any other content is sent as text (and links). */
  sends: readonly ContentType[]
  text: TextLimits
  attachments: Partial<Record<AttachmentKind, AttachmentLimits>>
  menu: { options: number; label: number } | null
  window: ReplyWindow | null
  /**
   * People write letters: each says what it answers, several conversations of one customer run side by side, others take
   * part by copy, and an answer may come in days.
   */
  letters?: true
  /** Every message that goes out costs the business money: programs say only what matters. */
  paid?: true
  /** Marks that the provider reports of what we sent. */
  receipts: readonly ('sent' | 'delivered' | 'read' | 'failed')[]
  typing: { in: boolean; out: boolean }
  readsOut: boolean
  replyTo: boolean
  edits: { in: boolean; out: boolean }
  recalls: { in: boolean; out: boolean }
  reactions: { in: boolean; out: boolean }
  templates: boolean
  /** Several customers in one conversation. */
  groups: boolean
  /** Our own messages come back to us, and what was written in the provider's own app too. */
  echoes: boolean
  /** Most calls a second for the whole account, and to one customer. */
  rate: { perSecond: number; perPeerPerSecond: number }
  /** `unordered`: what arrives within `settleMs` of another event of its customer is put in the provider's order first. */
  ordering: { in: 'ordered' | 'unordered'; settleMs: number }
  /** Words that, alone in a message, mean stop and start (texting conventions). */
  optOut: { stop: readonly string[]; start: readonly string[] } | null
}
