export { readAddresses } from './addresses.ts'
export { autoKind } from './auto-kind.ts'
export { bounceOf } from './bounce.ts'
export { type CalendarReply, writeCalendarReply } from './calendar-reply.ts'
export { canonicalMail, type CanonicalMail } from './canonical-mail.ts'
export type { Header } from './header-block.ts'
export { headerFields } from './header-fields.ts'
export { htmlToText } from './html-lines.ts'
export type {
  Address,
  Attachment,
  Auto,
  AutoKind,
  Bounce,
  Calendar,
  CalendarEvent,
  Forwarded,
  Limits,
  Mail,
  Warning,
} from './mail.ts'
export { parseMail } from './parse-mail.ts'
export { parseMailInWorker, type WorkerLimits } from './parse-mail-in-worker.ts'
export { type HtmlSplit, splitHtml } from './split-html.ts'
export { type Split, splitMail, type SplitOptions, splitQuoted } from './split-quoted.ts'
