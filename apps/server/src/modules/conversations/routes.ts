import * as api from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { addIdentity, canSeeContact, findContact, identityIn } from '#contacts'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { addNote } from './add-note.ts'
import { assignConversation, transferConversation } from './assign.ts'
import { authorOf } from './act.ts'
import { closeConversation, reopenConversation } from './close.ts'
import { endConsult, sayInConsult, startConsult } from './consult.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { countConversations } from './count-conversations.ts'
import { describeAttachment } from './describe-attachment.ts'
import { keepDraft, readDraftOf } from './keep-draft.ts'
import { listContactConversations, listConversations } from './list-conversations.ts'
import { markRead } from './mark-read.ts'
import { addParticipant, removeParticipant } from './participants.ts'
import { queueConversation } from './queue-conversation.ts'
import { readTimeline } from './read-timeline.ts'
import { editMessage, recallMessage } from './revise-message.ts'
import { sendReply } from './send-reply.ts'
import { snoozeConversation, wakeConversation } from './snooze.ts'
import { startConversation } from './start-conversation.ts'
import { takeOver } from './take-over.ts'
import { whisper } from './whisper.ts'
import { listTags, tagConversation } from './tag.ts'

export function conversationRoutes(deps: ConversationDeps): Route[] {
  const { db, clock } = deps
  return [
    route(api.listConversations, ({ query }, { principal }) => listConversations(db, principal, query)),
    route(api.countConversations, (_input, { principal }) => countConversations(db, principal)),
    route(api.listTags, async (_input, { principal }) => ({ tags: await listTags(db, principal) })),
    route(api.readConversation, ({ params }, { principal }) => readItem(db, principal, params.id)),
    route(api.readTimeline, async ({ params, query }, { principal }) => {
      // The item is read first: entries that come in between are then newer than it says, never missing from it.
      const item = await readItem(db, principal, params.id)
      return { item, ...(await readTimeline(db, params.id, query)) }
    }),
    route(api.listContactConversations, ({ params, query }, { principal }) =>
      listContactConversations(db, principal, params.id, query),
    ),
    route(api.startConversation, async ({ body }, { principal }) => startByAgent(deps, principal, body)),
    route(api.sendReply, ({ params, body }, { principal }) => sendReply(deps, principal, { ...params, ...body })),
    route(api.addNote, ({ params, body }, { principal }) => addNote(deps, principal, { ...params, ...body })),
    route(api.editMessage, ({ params, body }, { principal }) => editMessage(deps, principal, { ...params, ...body })),
    route(api.recallMessage, ({ params, body }, { principal }) =>
      recallMessage(deps, principal, { ...params, ...body }),
    ),
    route(api.assignConversation, ({ params, body }, { principal }) =>
      assignConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.transferConversation, ({ params, body }, { principal }) =>
      transferConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.closeConversation, ({ params, body }, { principal }) =>
      closeConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.reopenConversation, ({ params, body }, { principal }) =>
      reopenConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.snoozeConversation, ({ params, body }, { principal }) =>
      snoozeConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.wakeConversation, ({ params, body }, { principal }) =>
      wakeConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.tagConversation, ({ params, body }, { principal }) =>
      tagConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.queueConversation, ({ params, body }, { principal }) =>
      queueConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.startConsult, ({ params, body }, { principal }) => startConsult(deps, principal, { ...params, ...body })),
    route(api.sayInConsult, ({ params, body }, { principal }) => sayInConsult(deps, principal, { ...params, ...body })),
    route(api.endConsult, ({ params, body }, { principal }) => endConsult(deps, principal, { ...params, ...body })),
    route(api.addParticipant, ({ params, body }, { principal }) =>
      addParticipant(deps, principal, { ...params, ...body }),
    ),
    route(api.removeParticipant, ({ params, body }, { principal }) =>
      removeParticipant(deps, principal, { ...params, ...body }),
    ),
    route(api.whisper, ({ params, body }, { principal }) => whisper(deps, principal, { ...params, ...body })),
    route(api.takeOver, ({ params, body }, { principal }) => takeOver(deps, principal, { ...params, ...body })),
    route(api.markConversationRead, ({ params, body }, { principal }) =>
      markRead(deps, principal, { ...params, ...body }),
    ),
    route(api.readDraft, async ({ params }, { principal }) => {
      await readItem(db, principal, params.id)
      return { draft: await readDraftOf(db, principal.agentId, params.id) }
    }),
    route(api.saveDraft, async ({ params, body }, { principal }) => {
      await readItem(db, principal, params.id)
      await keepDraft(db, principal.agentId, params.id, body, clock.now())
    }),
  ]
}

/** An agent writes first. The contact is reached by the way it has in that inbox, or gets one of its own there. */
async function startByAgent(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  body: { clientKey: string; contactId: string; inboxId: string; content: api.MessageContent },
) {
  const seesInbox = agent.inboxIds === 'all' || agent.inboxIds.includes(body.inboxId)
  if (!seesInbox || !(await canSeeContact(deps.db, agent, body.contactId))) throw new AppError('not-found')
  const known = await identityIn(deps.db, body.contactId, body.inboxId)
  const address = known?.address ?? (await addressIn(deps, body))
  const allowed = (await deps.outlet?.mayStart(body.inboxId, address, body.content)) ?? body.content
  const identity =
    known ??
    (await addIdentity(
      deps.db,
      { contactId: body.contactId, inboxId: body.inboxId, address, verified: false },
      deps.clock.now(),
    ))
  // The address is known already, as somebody else's.
  if (!known && 'contactId' in identity && identity.contactId !== body.contactId) throw new AppError('conflict')
  const content = await describeAttachment(deps.db, { agentId: agent.agentId }, allowed)
  const { conversation, entries } = await startConversation(deps, {
    inboxId: body.inboxId,
    contactId: body.contactId,
    identityId: identity.id,
    author: authorOf(agent),
    clientKey: body.clientKey,
    started: { via: 'agent', previousConversationId: null },
    assigneeId: agent.agentId,
    entries: [{ kind: 'message.sent', body: { content } }],
  })
  return { item: await readItem(deps.db, agent, conversation.id), entries }
}

async function addressIn(deps: ConversationDeps, { contactId, inboxId }: { contactId: string; inboxId: string }) {
  const contact = await findContact(deps.db, contactId)
  if (!contact) throw new AppError('not-found')
  return (await deps.outlet?.addressFor(inboxId, contact)) ?? `contact:${uuidv7()}`
}
