import { z } from 'zod'
import { contactSummary } from '../contact.ts'
import { agentContent } from '../content.ts'
import { conversation, marks } from '../conversation.ts'
import { endpoint } from '../endpoint.ts'
import { closeReasons, entry } from '../entries.ts'
import { insertDraft } from '../insert-draft.ts'
import { mailDraft } from '../mail-content.ts'
import { invitationAnswers } from '../mail-invitation.ts'
import { clientKey, emoji, id, instant, noNul, page } from '../primitives.ts'

const tag = 'Conversations'
const params = z.object({ id })
const key = z.object({ clientKey })

/** A row of an agent's list: the conversation, whose it is, and what this agent has not read. */
export const conversationItem = z.object({
  conversation,
  contact: contactSummary,
  /**
   * Where it is held when that is not a chat with one customer alone: in a group, whose members all read along, or in
   * public, under a post, where everybody does. The title is the group's or the post's, where the channel tells it.
   */
  thread: z.object({ kind: z.enum(['group', 'public']), title: z.string().nullable() }).nullable(),
  marks,
  unreadCount: z.number().int().nonnegative(),
  mentioned: z.boolean(),
})
export type ConversationItem = z.infer<typeof conversationItem>

export const conversationViews = ['mine', 'unassigned', 'team', 'all', 'mentions', 'snoozed', 'closed'] as const
export const conversationView = z.enum(conversationViews)
export type ConversationView = z.infer<typeof conversationView>

const filters = {
  view: conversationView.default('mine'),
  inboxId: id.optional(),
  teamId: id.optional(),
  tag: z.string().max(50).optional(),
  contactId: id.optional(),
  /** Finds contact names and numbers of conversations. */
  search: z.string().trim().min(1).max(100).optional(),
  sort: z.enum(['newest', 'oldest', 'waiting']).default('newest'),
}

export const listConversations = endpoint({
  method: 'GET',
  path: '/api/v1/conversations',
  access: 'conversations.read',
  tag,
  summary: 'List conversations of a view',
  query: z.object({
    ...filters,
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: page(conversationItem),
})

export const countConversations = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/counts',
  access: 'conversations.read',
  tag,
  summary: 'How many open conversations each view holds, and how many of mine are unread',
  response: z.object({
    mine: z.number().int(),
    mineUnread: z.number().int(),
    unassigned: z.number().int(),
    team: z.number().int(),
    all: z.number().int(),
    mentions: z.number().int(),
    snoozed: z.number().int(),
  }),
})

export const readConversation = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id',
  access: 'conversations.read',
  tag,
  summary: 'Read one conversation',
  params,
  response: conversationItem,
})

export const readTimeline = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/entries',
  access: 'conversations.read',
  tag,
  summary: 'Read a part of the timeline',
  description:
    'Without `before` and `after`: the newest page. `after` gives what follows a sequence number, in order (catching up after a reconnect); `before` pages back.',
  params,
  query: z.object({
    before: z.coerce.number().int().positive().optional(),
    after: z.coerce.number().int().nonnegative().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({ entries: z.array(entry), item: conversationItem, hasMore: z.boolean() }),
})

/** Earlier conversations of the same contact, newest first, so that a thread continues back through all history. */
export const listContactConversations = endpoint({
  method: 'GET',
  path: '/api/v1/contacts/:id/conversations',
  access: 'conversations.read',
  tag,
  summary: 'List the conversations of a contact that the caller may see, newest first',
  params,
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  response: page(conversationItem),
})

const firstAddress = z
  .string()
  .trim()
  .min(1)
  .max(320)
  .refine(noNul)
  .describe('As people type it, such as a phone number; where the channel can write first')

export const startConversation = endpoint({
  method: 'POST',
  path: '/api/v1/conversations',
  access: 'conversations.work',
  tag,
  summary: 'Write first to a contact, or to a number or address of which nobody is known yet',
  description:
    'Either `contactId` or `address`; a mail says itself where it goes. The conversation is the caller’s. Refused is what could not be sent now: `customer-opted-out`, `reply-only-templates`, `content-not-sendable` for an address that the channel does not know.',
  body: key.extend({ contactId: id.optional(), address: firstAddress.optional(), inboxId: id, content: agentContent }),
  status: 201,
  response: z.object({ item: conversationItem, entries: z.array(entry) }),
})

/** Every command answers with what it appended; a repeat with the same client key answers the same entries. */
export const appended = z.object({ entries: z.array(entry) })

const command = <const Name extends string, Shape extends z.ZodRawShape>(name: Name, summary: string, shape: Shape) =>
  endpoint({
    method: 'POST',
    path: `/api/v1/conversations/:id/${name}`,
    access: 'conversations.work',
    tag,
    summary,
    params,
    body: key.extend(shape),
    response: appended,
  })

export const sendReply = command('messages', 'Send a message to the customer', {
  content: agentContent,
  replyToId: id.optional(),
  viaIdentityId: id
    .optional()
    .describe('Another way by which the same customer is reached; its answers come back here'),
})
export const answerInvitation = command(
  'invitation-answers',
  'Answer the invitation of a letter, by a letter to its organiser',
  {
    entryId: id.describe('The letter that invites'),
    answer: z.enum(invitationAnswers),
    comment: z.string().trim().max(1000).refine(noNul).optional(),
  },
)
export const addNote = command('notes', 'Add a note that only agents see', {
  text: z.string().trim().min(1).max(4000).refine(noNul),
  mentions: z.array(id).max(20).default([]),
  attachmentIds: z.array(id).max(10).default([]),
})
export const editMessage = command('edit', 'Edit a message that was sent', { targetId: id, content: agentContent })
export const recallMessage = command('recall', 'Recall a message that was sent', { targetId: id })
export const reactToMessage = command(
  'reactions',
  'React to a message of the customer with an emoji, or take that back',
  {
    targetId: id,
    emoji: emoji.nullable().describe('One emoji; null takes it back'),
  },
)
export const assignConversation = command('assign', 'Assign to an agent, or release with null', {
  agentId: id.nullable(),
})
export const transferConversation = command(
  'transfer',
  'Transfer to an agent or a team, with words for the next agent',
  {
    agentId: id.nullable(),
    teamId: id.nullable(),
    note: z.string().trim().max(4000).refine(noNul).optional(),
  },
)
export const closeConversation = command('close', 'Close', { reason: z.enum(closeReasons).default('resolved') })
export const reopenConversation = command('reopen', 'Open again', {})
export const mergeConversation = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/merge',
  access: 'conversations.work',
  tag,
  summary: 'Let it go on in another conversation of the same customer, or of somebody who takes part',
  description:
    'It is closed; what comes later for it goes to the other one. Nothing is moved: both timelines say it. Answers with what was appended to the one that is closed.',
  params,
  body: key.extend({ intoId: id }),
  response: appended,
})
export const unmergeConversation = command('unmerge', 'Take a merge back: it goes on by itself again', {})
export const splitConversation = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/split',
  access: 'conversations.work',
  tag,
  summary: 'Make a message a conversation of its own',
  description:
    'The new conversation is its writer’s and the caller’s work. It begins with a reference to the message; answers to that, and to its answers, go there from then on. Merging it back undoes it.',
  params,
  body: key.extend({ messageId: id }),
  response: appended.extend({ item: conversationItem }),
})
export const listMergeTargets = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/merge-targets',
  access: 'conversations.read',
  tag,
  summary: 'List the conversations that it may be merged into, those with the latest activity first',
  params,
  query: z.object({
    search: z.string().trim().max(100).optional().describe('A number, or words of a subject or name'),
  }),
  response: z.object({ items: z.array(conversationItem) }),
})
export const readConversationOrigin = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/origin',
  access: 'conversations.read',
  tag,
  summary: 'Read the message that a conversation was split off with; null for all others',
  params,
  response: z.object({ message: entry.nullable() }),
})
export const snoozeConversation = command('snooze', 'Put away until a time or until the customer writes', {
  until: instant,
})
export const wakeConversation = command('wake', 'End a snooze', {})
export const tagConversation = command('tags', 'Add and remove tags', {
  add: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
  remove: z.array(z.string().max(50)).max(20).default([]),
})

export const markConversationRead = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/read',
  access: 'conversations.read',
  tag,
  summary: 'Mark as read, or as unread',
  params,
  body: z.object({
    /** Public sequence number up to which the caller has read; the customer sees the mark of whoever got furthest. */
    upToPublicSeq: z.number().int().nonnegative(),
    unread: z.boolean().default(false),
  }),
  response: z.object({ unreadCount: z.number().int() }),
})

export const draft = z.object({
  text: z.string().max(20_000),
  mode: z.enum(['reply', 'note', 'whisper']),
  replyToId: id.nullable(),
  /** Its words are kept apart: what is meant for the agent must never stand where the customer is answered. */
  whisper: z.string().max(20_000).default(''),
  /** Where people write letters; `text` is of notes alone there. */
  mail: mailDraft.nullable().default(null),
  /** Menus, cards and places that are being put together; they are sent by themselves. */
  insert: insertDraft.nullable().default(null),
  updatedAt: instant,
})
export const readDraft = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/draft',
  access: 'conversations.read',
  tag,
  summary: "Read the caller's draft",
  params,
  response: z.object({ draft: draft.nullable() }),
})
export const saveDraft = endpoint({
  method: 'PUT',
  path: '/api/v1/conversations/:id/draft',
  access: 'conversations.read',
  tag,
  summary: "Keep the caller's draft on every device; without any words it is deleted",
  params,
  body: draft.omit({ updatedAt: true }),
})

export const listTags = endpoint({
  method: 'GET',
  path: '/api/v1/tags',
  access: 'conversations.read',
  tag,
  summary: 'Tags in use, most used first',
  response: z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number().int() })) }),
})
