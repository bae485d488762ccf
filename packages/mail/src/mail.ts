/** A mailbox as the mail names it; `address` is empty when there is none that can be used. */
export type Address = { name: string; address: string }

export type Attachment = {
  filename: string
  /** Lower case, as declared: what a browser may show is decided by whoever stores it. */
  mime: string
  /** Size of the decoded content. */
  bytes: number
  /** Hexadecimal, of the decoded content. */
  sha256: string
  /** Content-ID without its brackets, for pictures that the HTML shows as `cid:…`. */
  cid: string | null
  content: Uint8Array
}

export type AutoKind = 'none' | 'auto-reply' | 'auto-generated' | 'bulk' | 'list'
/** `list`: a person wrote it by way of a mailing list. Nothing automatic answers what is not `answerable`, whoever wrote it. */
export type Auto = { kind: AutoKind; answerable: boolean; reason: string | null }

export type Bounce = {
  /** `hard`: this address will never work; `soft`: this mail failed, another may not; `delay`: still being tried. */
  kind: 'hard' | 'soft' | 'delay'
  recipient: string | null
  /** RFC 3463, e.g. `5.1.1`. */
  status: string | null
  diagnostic: string | null
  originalMessageId: string | null
}

export type Forwarded = { from: Address | null; subject: string | null; date: string | null }

/** `at` is ISO 8601 in UTC; `zone` of the IANA, where the mail names one. A `floating` time is of wherever one is. */
export type CalendarTime =
  | { kind: 'day'; day: string }
  | { kind: 'instant'; at: string; zone: string | null }
  | { kind: 'floating'; local: string }

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type CalendarRepeats = {
  every: 'day' | 'week' | 'month' | 'year' | 'other'
  interval: number
  days: (typeof weekdays)[number][]
  count: number | null
  /** The last day. */
  until: string | null
}

export const attendances = ['needs-action', 'accepted', 'tentative', 'declined', 'delegated'] as const
export type Attendance = (typeof attendances)[number]
export type Guest = { mailbox: Address; attendance: Attendance; optional: boolean }

export type CalendarEvent = {
  uid: string | null
  sequence: number
  /** When this version was made. */
  stamp: string | null
  /** Which one of those that repeat is meant; null for all of them. */
  occurrence: CalendarTime | null
  start: CalendarTime
  /** The first moment, or day, after it. */
  end: CalendarTime | null
  repeats: CalendarRepeats | null
  organiser: Address | null
  guests: Guest[]
  /** Also those beyond the 200 that are listed. */
  guestCount: number
  cancelled: boolean
  comment: string | null
}

export type Calendar = {
  method: string | null
  summary: string | null
  /** As the mail has it. */
  start: string | null
  location: string | null
  /** Null where it cannot be made out when it is. */
  event: CalendarEvent | null
}

/** What could not be read as it was sent, or was left out because it is too much. */
export type Warning =
  | 'cut: size'
  | 'cut: parts'
  | 'cut: depth'
  | 'cut: headers'
  | 'cut: text'
  | 'cut: time or memory'
  | 'boundary guessed'
  | 'boundary missing'
  | 'transfer encoding broken'
  | 'charset guessed'

export type Mail = {
  subject: string
  from: Address | null
  replyTo: Address[]
  to: Address[]
  cc: Address[]
  /** Ids keep their angle brackets. */
  messageId: string | null
  inReplyTo: string | null
  references: string[]
  /** ISO 8601 in UTC. */
  date: string | null
  text: string
  html: string | null
  keptText: string
  quotedText: string
  signature: string
  forwarded: Forwarded | null
  attachments: Attachment[]
  calendar: Calendar | null
  auto: Auto
  bounce: Bounce | null
  warnings: Warning[]
}

export type Limits = {
  /** Of the raw mail; what follows is not read. */
  bytes: number
  parts: number
  /** Multiparts within multiparts. */
  depth: number
  /** Bytes of one part's headers. */
  headers: number
  /** Characters of the text and of the HTML. */
  text: number
}

export const defaultLimits: Limits = {
  bytes: 64 * 1024 * 1024,
  parts: 1000,
  depth: 100,
  headers: 256 * 1024,
  text: 2 * 1024 * 1024,
}
