import * as api from '@qiao/protocol'
import { type Route, route } from '#platform/http/route'
import { addNote } from './add-note.ts'
import { assignConversation, transferConversation } from './assign.ts'
import { cancelScheduledReply, moveScheduledReply } from './change-scheduled.ts'
import { closeConversation, reopenConversation } from './close.ts'
import { endConsult, sayInConsult, startConsult } from './consult.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { countConversations } from './count-conversations.ts'
import { keepDraft, readDraftOf } from './keep-draft.ts'
import { keepFirstDraft, readFirstDraft } from './keep-first-draft.ts'
import { listContactConversations, listConversations } from './list-conversations.ts'
import { listMergeTargets } from './list-merge-targets.ts'
import { markRead } from './mark-read.ts'
import { mergeConversation, unmergeConversation } from './merge-conversations.ts'
import { addParticipant, removeParticipant } from './participants.ts'
import { queueConversation } from './queue-conversation.ts'
import { readTimeline } from './read-timeline.ts'
import { editMessage, reactToMessage, recallMessage } from './revise-message.ts'
import { listScheduledMails, scheduleFirstMail } from './schedule-first-mail.ts'
import { listScheduledReplies, scheduleReply } from './schedule-reply.ts'
import { sendReply } from './send-reply.ts'
import { snoozeConversation, wakeConversation } from './snooze.ts'
import { readOrigin, splitConversation } from './split-conversation.ts'
import { startByAgent } from './start-by-agent.ts'
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
    route(api.listScheduledReplies, async ({ params }, { principal }) => ({
      items: await listScheduledReplies(db, principal, params.id),
    })),
    route(api.scheduleReply, ({ params, body }, { principal }) =>
      scheduleReply(deps, principal, { ...params, ...body }),
    ),
    route(api.moveScheduledReply, ({ params, body }, { principal }) =>
      moveScheduledReply(deps, principal, params.id, new Date(body.sendAt)),
    ),
    route(api.cancelScheduledReply, ({ params }, { principal }) => cancelScheduledReply(deps, principal, params.id)),
    route(api.scheduleFirstMail, ({ params, body }, { principal }) =>
      scheduleFirstMail(deps, principal, { ...params, ...body }),
    ),
    route(api.listScheduledMails, async (_input, { principal }) => ({
      items: await listScheduledMails(deps, principal),
    })),
    route(api.readFirstMailDraft, async (_input, { principal }) => ({ draft: await readFirstDraft(db, principal) })),
    route(api.saveFirstMailDraft, ({ body }, { principal }) => keepFirstDraft(db, principal, body.draft, clock.now())),
    route(api.addNote, ({ params, body }, { principal }) => addNote(deps, principal, { ...params, ...body })),
    route(api.editMessage, ({ params, body }, { principal }) => editMessage(deps, principal, { ...params, ...body })),
    route(api.recallMessage, ({ params, body }, { principal }) =>
      recallMessage(deps, principal, { ...params, ...body }),
    ),
    route(api.reactToMessage, ({ params, body }, { principal }) =>
      reactToMessage(deps, principal, { ...params, ...body }),
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
    route(api.mergeConversation, ({ params, body }, { principal }) =>
      mergeConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.unmergeConversation, ({ params, body }, { principal }) =>
      unmergeConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.splitConversation, ({ params, body }, { principal }) =>
      splitConversation(deps, principal, { ...params, ...body }),
    ),
    route(api.listMergeTargets, async ({ params, query }, { principal }) => ({
      items: await listMergeTargets(db, principal, params.id, query.search),
    })),
    route(api.readConversationOrigin, async ({ params }, { principal }) => {
      await readItem(db, principal, params.id)
      return { message: await readOrigin(db, params.id) }
    }),
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
