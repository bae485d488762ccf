import { z } from 'zod'
import type { ChannelEvent } from '../../events.ts'
import { textOf, timeOf } from './content.ts'

/** Mentions of an Instagram account under posts of others: each post is a thread, apart from that of a post of our own. */

const prefix = 'mention:'
export const mentionThread = (mediaId: string): string => prefix + mediaId
export const isMention = (thread: string | undefined): boolean => thread?.startsWith(prefix) ?? false
export const mediaOfMention = (thread: string | undefined): string => (thread ?? '').slice(prefix.length)

/** A caption is no comment; it is named by its post. */
const captionPrefix = 'caption:'
export const isCaption = (id: string): boolean => id.startsWith(captionPrefix)

/** Goes into the list of fields of a request. */
export const isMentionId = (id: string | undefined): boolean => /^\d{1,32}$/.test(id ?? '')

const id = z.union([z.string().min(1), z.number()]).transform(String)
const named = z.object({ media_id: id, comment_id: id.optional().catch(undefined) })
const words = z.string().optional().catch(undefined)
const mentioned = z.object({ text: z.string(), timestamp: words, username: words, permalink: words })

/** Null for what could not be fetched. People are known by their user name alone: no id of theirs is told. */
export function mentionEvent(value: unknown, fetched: unknown, ms: number): ChannelEvent | null {
  const where = named.safeParse(value).data
  const said = mentioned.safeParse(fetched).data
  if (!where || !said) return null
  const messageId = where.comment_id ?? `${captionPrefix}${where.media_id}`
  const at = Date.parse(said.timestamp ?? '')
  return {
    kind: 'message',
    at: timeOf(Number.isFinite(at) && at >= 0 ? at : ms),
    from: said.username
      ? { address: `@${said.username}`, name: said.username }
      : { address: `@?${messageId}`, name: 'Instagram' },
    thread: { key: mentionThread(where.media_id), kind: 'public' },
    id: messageId,
    content: textOf(said.text),
    extra: {
      mentioned: where.comment_id === undefined ? 'caption' : 'comment',
      ...(said.permalink ? { url: said.permalink } : {}),
    },
  }
}
