import {
  type Conversation,
  type Entry,
  isOpen,
  type leaveMessage as leaveEndpoint,
  type sendVisitorMessage as endpoint,
  type FormField,
  type Inbox,
} from '@qiao/protocol'
import type { z } from 'zod'
import { announceContact, updateByClaims } from '#contacts'
import { describeAttachment, type NewEntry, receiveMessage } from '#conversations'
import { readCalendar, readInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import type { WebchatDeps } from './webchat-deps.ts'

type Body = z.output<typeof endpoint.body>
type Result = { conversation: Conversation; entries: Entry[] }

/**
 * A visitor's message in two steps. The first may wait (settings, files); the returned second step queues the append at
 * once, so that a socket can have several messages in flight and still keep their order.
 */
export async function prepareMessage(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  body: Body,
): Promise<() => Promise<Result>> {
  const inbox = await usableInbox(deps, visitor)
  const answers = body.preChat ? await takePreChat(deps, visitor, inbox, body.preChat) : null
  const content = await describeAttachment(deps.db, { contactId: visitor.contactId }, body.content)
  return () =>
    receiveMessage(deps, {
      ...visitor,
      conversationId: body.conversationId,
      onlyOwn: !visitor.verified,
      clientKey: body.clientKey,
      content,
      replyToId: body.replyToId,
      language: body.device?.language ?? null,
      teamId: answers?.teamId ?? null,
      reopenWithinMinutes: inbox.settings.reopenWithinMinutes,
      started: {
        ...(body.page ? { page: body.page } : {}),
        ...(body.device ? { device: body.device } : {}),
        ...wanted(visitor.wantsAgent ?? body.wantsAgent),
      },
      preface: answers?.entries ?? [],
    })
}

const wanted = (wantsAgent: string | null | undefined) => (wantsAgent ? { wantsAgent } : {})

async function usableInbox(deps: WebchatDeps, visitor: VisitorPrincipal): Promise<Inbox> {
  const inbox = await readInbox(deps.db, visitor.inboxId)
  if (!inbox) throw new AppError('not-found')
  if (inbox.pausedAt) throw new AppError('inbox-paused')
  return inbox
}

/** The answers become the first entry, so that the agent reads them where the conversation begins. */
async function takePreChat(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  inbox: Inbox,
  answers: NonNullable<Body['preChat']>,
): Promise<{ entries: NewEntry[]; teamId: string | null }> {
  const { preChat } = inbox.settings
  if (preChat.consent && !answers.consent) {
    throw new AppError('invalid-input', { issues: [{ path: 'body.preChat.consent', message: 'Consent is needed' }] })
  }
  const values = formAnswers(preChat.fields, answers.values)
  await learnFromForm(deps, visitor, preChat.fields, answers.values)
  const known = preChat.departments.some((department) => department.teamId === answers.departmentTeamId)
  const entries: NewEntry[] =
    values.length > 0
      ? [{ kind: 'message.received', body: { content: { type: 'form-response', title: '', values } } }]
      : []
  return { entries, teamId: known ? (answers.departmentTeamId ?? null) : null }
}

function formAnswers(fields: readonly FormField[], given: Record<string, string | number | boolean>) {
  return fields.flatMap((field) => {
    const value = given[field.name]
    const missing = value === undefined || value === '' || value === false
    if (missing && field.required) {
      throw new AppError('invalid-input', {
        issues: [{ path: `body.values.${field.name}`, message: `${field.label} is needed` }],
      })
    }
    return missing ? [] : [{ name: field.name, label: field.label, value: String(value) }]
  })
}

/** What people say of themselves fills the contact; it is a claim, so it never replaces what a signed token said. */
async function learnFromForm(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  fields: readonly FormField[],
  given: Record<string, string | number | boolean>,
): Promise<void> {
  const text = (name: string): string | undefined =>
    typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined
  const byType = (type: FormField['type']): string | undefined => {
    const field = fields.find((candidate) => candidate.type === type)
    return field ? text(field.name) : undefined
  }
  const learned = {
    ...(text('name') ? { name: text('name') } : {}),
    ...(byType('email') ? { email: byType('email') } : {}),
    ...(byType('phone') ? { phone: byType('phone') } : {}),
  }
  if (Object.keys(learned).length === 0) return
  await announceContact(deps, await updateByClaims(deps.db, visitor.contactId, learned))
}

/** Outside the hours: the form and the words become a conversation that waits for the team. */
export async function leaveMessage(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  body: z.output<typeof leaveEndpoint.body>,
): Promise<Result> {
  const inbox = await usableInbox(deps, visitor)
  const calendar = inbox.calendarId ? await readCalendar(deps.db, inbox.calendarId) : null
  const takesForms = inbox.settings.offline.mode === 'form' && !isOpen(calendar, deps.clock.now())
  if (!takesForms && !(await wasLeft(deps, visitor, body.clientKey))) {
    throw new AppError('conflict', { detail: 'We are open: write in the chat' })
  }
  const values = formAnswers(inbox.settings.offline.fields, body.values)
  await learnFromForm(deps, visitor, inbox.settings.offline.fields, body.values)
  const form: NewEntry[] =
    values.length > 0
      ? [{ kind: 'message.received', body: { content: { type: 'form-response', title: '', values } } }]
      : []
  return receiveMessage(deps, {
    ...visitor,
    conversationId: null,
    clientKey: body.clientKey,
    reopenWithinMinutes: 0,
    content: { type: 'text', text: body.text, markup: 'none' },
    started: { via: 'offline-form', ...(body.page ? { page: body.page } : {}), ...wanted(visitor.wantsAgent) },
    preface: form,
  })
}

/** A repeat may come when the doors have opened meanwhile. */
async function wasLeft(deps: WebchatDeps, visitor: VisitorPrincipal, clientKey: string): Promise<boolean> {
  const row = await deps.db
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', '=', visitor.contactId)
    .where('start_key', '=', clientKey)
    .executeTakeFirst()
  return row !== undefined
}
