import type { Conversation, Entry, Inbox, sendVisitorMessage as endpoint } from '@qiao/protocol'
import type { z } from 'zod'
import { describeAttachment, type NewEntry, receiveMessage } from '#conversations'
import { readInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import { formAnswers, learnFromForm } from './form-answers.ts'
import type { WebchatDeps } from './webchat-deps.ts'

type Body = z.output<typeof endpoint.body>
export type Result = { conversation: Conversation; entries: Entry[] }

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

export const wanted = (wantsAgent: string | null | undefined) => (wantsAgent ? { wantsAgent } : {})

export async function usableInbox(deps: WebchatDeps, visitor: VisitorPrincipal): Promise<Inbox> {
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
