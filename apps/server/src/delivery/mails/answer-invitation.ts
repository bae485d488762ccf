import {
  type Entry,
  type InvitationAnswer,
  invitationState,
  isAnswerable,
  type MailInvitation,
  type MessageEntry,
} from '@qiao/protocol'
import { readPublicAgents } from '#access'
import { type ConversationDeps, readItem, readMessage, sendReply } from '#conversations'
import { readInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'
import { letterWay } from '../policy/letter-way.ts'
import { lettersAbout } from './appointments.ts'
import { answerWords } from './invitation-words.ts'

interface Given {
  id: string
  clientKey: string
  entryId: string
  answer: InvitationAnswer
  comment?: string | undefined
}

/** An ordinary letter to the organiser, which calendars read as well. */
export async function answerInvitation(
  deps: ChannelDeps,
  replies: ConversationDeps,
  agent: AgentPrincipal,
  { id, clientKey, entryId, answer, comment = '' }: Given,
): Promise<{ entries: Entry[] }> {
  const { conversation } = await readItem(deps.db, agent, id)
  const entry = await readMessage(deps.db, id, entryId)
  const invitation = entry && invitationIn(entry)
  if (!entry || !invitation) throw new AppError('not-found')
  const organiser = invitation.event?.organiser
  if (!isAnswerable(invitation) || !organiser)
    throw new AppError('content-not-sendable', { detail: 'It invites nobody here, or cannot be answered' })
  const isRepeat = await wasSent(deps, id, clientKey)
  if (!isRepeat && invitationState(entry, await lettersAbout(deps.db, entry)).replacedBy)
    throw new AppError('changed-meanwhile')
  const [writer] = await readPublicAgents(deps.db, [agent.agentId])
  const inbox = await readInbox(deps.db, conversation.inboxId)
  const language = conversation.language ?? inbox?.settings.defaultLocale ?? 'zh-CN'
  const words = answerWords(language, answer, {
    name: writer?.name ?? '',
    summary: invitation.summary ?? '',
  })
  const text = [words.text, comment].filter((part) => part !== '').join('\n\n')
  return sendReply(replies, agent, {
    id,
    clientKey,
    content: {
      type: 'mail',
      subject: words.subject,
      from: null,
      to: [organiser],
      cc: [],
      bcc: [],
      text,
      attachments: [],
      warnings: [],
    },
    replyToId: entryId,
    viaIdentityId: (await letterWay(deps, agent, id, { type: 'mail' }, entryId))?.identityId,
    invitation: answerTo(invitation, answer, comment, deps.clock.now()),
  })
}

function invitationIn({ kind, body: { content } }: MessageEntry): MailInvitation | undefined {
  return kind === 'message.received' && content.type === 'mail' ? content.invitation : undefined
}

/** What the answer to it says to calendars, as the timeline keeps it: each try sends the same. */
function answerTo(
  { summary, start, location, event, invited }: MailInvitation,
  attendance: InvitationAnswer,
  comment: string,
  now: Date,
): MailInvitation {
  const guest = event?.guests.find(({ mailbox }) => mailbox.address === invited)
  return {
    method: 'REPLY',
    summary,
    start,
    location,
    invited,
    event: event && {
      ...event,
      stamp: now.toISOString(),
      guests: guest ? [{ ...guest, attendance }] : [],
      guestCount: 1,
      comment: comment || null,
    },
  }
}

async function wasSent({ db }: ChannelDeps, conversationId: string, clientKey: string): Promise<boolean> {
  const known = await db
    .selectFrom('entries')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('client_key', '=', clientKey)
    .executeTakeFirst()
  return known !== undefined
}
