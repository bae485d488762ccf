import type { Entry, MessageEntry } from './entries.ts'

export const isMessage = (candidate: Entry): candidate is MessageEntry =>
  candidate.kind === 'message.received' || candidate.kind === 'message.sent'

/** The content that screens show: null when recalled. */
export const currentContent = (message: MessageEntry) =>
  message.revision?.recalledAt ? null : (message.revision?.content ?? message.body.content)
