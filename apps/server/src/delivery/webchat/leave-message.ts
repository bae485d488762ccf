import {
  acknowledgementText,
  type Conversation,
  type Inbox,
  isOpen,
  type leaveMessage as endpoint,
  leftMessage,
  type LeftMessage,
} from '@qiao/protocol'
import type { z } from 'zod'
import { readOrganisation } from '#access'
import { describeUploads, leaveInQueue, type NewEntry, startConversation } from '#conversations'
import { findContact } from '#contacts'
import { readCalendar } from '#inboxes'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import { readQueue } from '#routing'
import { checkAnswers, formAnswers, learnFromForm } from './form-answers.ts'
import { offersInstead } from './leave-queue.ts'
import { readForVisitor } from './present-conversation.ts'
import { type Result, usableInbox, wanted } from './send-message.ts'
import type { LeavingDeps, WebchatDeps } from './webchat-deps.ts'

type Body = z.output<typeof endpoint.body>

/**
 * A message for when somebody is there: outside the hours, wherever the inbox always takes them, and out of a queue. A
 * repeat gives what the first one did, whatever has been set or opened meanwhile.
 */
export async function leaveMessage(deps: LeavingDeps, visitor: VisitorPrincipal, body: Body): Promise<Result> {
  const inbox = await usableInbox(deps, visitor)
  const { conversationId, clientKey } = body
  const waiting = conversationId === null ? null : (await readForVisitor(deps.db, visitor, conversationId)).full
  const left = await wasLeft(deps, visitor, body)
  const mayAlways = left || inbox.settings.offline.always || (await takesForms(deps, inbox))
  if (!waiting && !mayAlways) throw new AppError('conflict', { detail: 'We are open: write in the chat' })
  const content = left ? nothingNew(body) : await contentOf(deps, visitor, inbox, body)
  const refusal = waiting && !mayAlways ? await refusalOf(deps, waiting) : null
  const isRefused = refusal !== null || (waiting !== null && waiting.queue === null)
  if (!left && !isRefused) await deps.answers.prepare(inbox, content.answerBy)
  const contact = await findContact(deps.db, visitor.contactId)
  const { name: company } = await readOrganisation(deps.db)
  const said = saidBy(inbox, content, { language: contact?.language ?? null, company })
  if (waiting) return leaveInQueue(deps, waiting, { clientKey, said, refusal })
  return startConversation(deps, {
    inboxId: visitor.inboxId,
    contactId: visitor.contactId,
    identityId: visitor.identityId,
    author: { type: 'contact', id: visitor.contactId },
    clientKey,
    language: contact?.language ?? null,
    started: {
      via: 'offline-form',
      previousConversationId: null,
      ...(body.page ? { page: body.page } : {}),
      ...wanted(visitor.wantsAgent),
    },
    entries: said,
  })
}

/** That it has arrived belongs to the message: it is told exactly when that is stored. */
const saidBy =
  ({ settings }: Inbox, content: LeftMessage, { language, company }: { language: string | null; company: string }) =>
  (conversation: Conversation): NewEntry[] => {
    const { number } = conversation
    const text = acknowledgementText(settings, conversation.language ?? language, { number, company })
    const notice = { content: { type: 'text', text, markup: 'none' }, notice: true } as const
    return [
      { kind: 'message.received', body: { content } },
      ...(settings.offline.acknowledge
        ? [{ kind: 'message.sent' as const, author: { type: 'system' as const }, body: notice }]
        : []),
    ]
  }

async function refusalOf({ db }: WebchatDeps, { queue: stay }: Conversation): Promise<AppError | null> {
  const queue = stay && stay.channel !== leftMessage ? await readQueue(db, stay.queueId) : null
  return queue && !offersInstead(queue, 'message')
    ? new AppError('forbidden', { detail: 'This queue does not offer that' })
    : null
}

async function takesForms({ db, clock }: WebchatDeps, { calendarId, settings }: Inbox): Promise<boolean> {
  if (settings.offline.mode !== 'form') return false
  const calendar = calendarId ? await readCalendar(db, calendarId) : null
  return !isOpen(calendar, clock.now())
}

async function wasLeft(
  { db }: WebchatDeps,
  visitor: VisitorPrincipal,
  { conversationId, clientKey }: Body,
): Promise<boolean> {
  const row =
    conversationId === null
      ? await db
          .selectFrom('conversations')
          .select('id')
          .where('contact_id', '=', visitor.contactId)
          .where('start_key', '=', clientKey)
          .executeTakeFirst()
      : await db
          .selectFrom('entries')
          .select('id')
          .where('conversation_id', '=', conversationId)
          .where('client_key', '=', clientKey)
          .limit(1)
          .executeTakeFirst()
  return row !== undefined
}

/** Of a repeat nothing is stored. */
const nothingNew = ({ text }: Body): LeftMessage => ({
  type: 'left-message',
  text,
  topic: null,
  values: [],
  files: [],
  answerBy: { way: 'chat' },
})

async function contentOf(deps: LeavingDeps, visitor: VisitorPrincipal, inbox: Inbox, body: Body): Promise<LeftMessage> {
  const { fields, topics, files: takesFiles } = inbox.settings.offline
  const topic = topics.find(({ key }) => key === body.topic) ?? null
  if (body.topic !== undefined && topic === null) throw invalid('topic', 'No such topic')
  if (!takesFiles && body.attachmentIds.length > 0) throw invalid('attachmentIds', 'This inbox takes no files here')
  checkAnswers(fields, body.values)
  const values = formAnswers(fields, body.values)
  const answerBy = await deps.answers.check(inbox, body.answerBy)
  const files = await describeUploads(deps.db, { contactId: visitor.contactId }, body.attachmentIds)
  await learnFromForm(deps, visitor, fields, body.values)
  return { type: 'left-message', text: body.text, topic, values, files, answerBy }
}

const invalid = (field: string, message: string): AppError =>
  new AppError('invalid-input', { issues: [{ path: `body.${field}`, message }] })
