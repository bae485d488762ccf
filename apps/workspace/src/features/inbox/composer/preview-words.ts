import type { ReplyPreview } from '@qiao/protocol'
import type { Translate } from '../../../shared/i18n.ts'
import type { SendingKey } from './sending-words.ts'

type Words = Translate<SendingKey>

/** How many messages it becomes, where that is worth a word: texts that are paid for one by one, and what is cut. */
export function countWords({ sms, messages }: ReplyPreview, t: Words): string | null {
  if (sms) return t('sms', { count: sms.segments, each: sms.perSegment })
  const parts = messages.reduce((sum, message) => sum + message.parts.length, 0)
  return parts > messages.length ? t('messages', { count: parts }) : null
}

/** What the customer sees instead of what was written. `files`: how many of the messages, the first ones, are files. */
export function insteadWords({ messages }: ReplyPreview, files: number, t: Words): string | null {
  const asLinks = messages.slice(0, files).filter(({ degraded }) => degraded.length > 0).length
  if (asLinks > 0) return t('asLinks', { count: asLinks })
  return messages.some(({ degraded }) => degraded.length > 0) ? t('asWords') : null
}

/** The first thing that keeps it from going out. */
export const problemOf = ({ problem, messages }: ReplyPreview): ReplyPreview['problem'] =>
  problem ?? messages.find((message) => message.problem !== null)?.problem ?? null
