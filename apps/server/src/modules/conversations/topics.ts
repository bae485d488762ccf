import type { Attachment, Conversation, Entry, Marks } from '@qiao/protocol'
import { topic } from '#platform/bus/bus'

/** Who may learn of a conversation. */
export type Scope = Pick<Conversation, 'id' | 'inboxId' | 'contactId' | 'identityId' | 'teamId' | 'assigneeId'> & {
  /** Colleagues who take part or are being consulted. */
  involvedIds: readonly string[]
}

/** Entries of one conversation that have just been committed, in order. `before` says who could see it until then. */
export const entriesAppended = topic<{ scope: Scope; before: Scope; entries: Entry[] }>('entries-appended')
export const marksMoved = topic<{ scope: Scope; marks: Marks }>('marks-moved')
/** One agent's own reading, for the other tabs and devices of that agent. */
export const agentRead = topic<{ agentId: string; conversationId: string; unreadCount: number }>('agent-read')
export const contactOnline = topic<{ contactId: string; inboxId: string; online: boolean }>('contact-online')
export const visitorEnded = topic<{
  contactId: string
  reason: 'logged-out' | 'identified' | 'blocked' | 'expired'
  sessionId?: string
}>('visitor-ended')
export const typingSeen = topic<{
  scope: Scope
  who: { type: 'contact' | 'agent'; id: string }
  typing: boolean
  draft?: string
}>('typing-seen')
export const attachmentChanged = topic<{
  scope: Scope | null
  agentId: string | null
  contactId: string | null
  /** Not for the customer of the conversation. */
  internal: boolean
  attachment: Attachment
}>('attachment-changed')
/** What may be sent to the customer of a conversation has changed. */
export const replyPolicyMoved = topic<{ scope: Scope }>('reply-policy-moved')
/** Replies that wait for their time have changed. */
export const scheduledMoved = topic<{ scope: Scope }>('scheduled-moved')
/** One agent's letters that are going to begin conversations have changed. */
export const firstMailsMoved = topic<{ agentId: string }>('first-mails-moved')
export const viewingChanged = topic<{ nodeId: string; socketId: string; agentId: string; scope: Scope | null }>(
  'viewing-changed',
)
/** What agents may see or do has changed: their sockets ask anew who they are. */
export const accessChanged = topic<{ agentIds: readonly string[] | 'all' }>('access-changed')
/** A list of the settings changed: screens read it again, processes forget what they cached of it. */
export const settingsChanged = topic<{
  what: 'inboxes' | 'agents' | 'teams' | 'calendars' | 'me' | 'organisation' | 'routing' | 'templates'
}>('settings-changed')
