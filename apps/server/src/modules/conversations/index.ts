export {
  type AppendCommand,
  appendAndFollow,
  type Appended,
  followAll,
  type FollowAppends,
  type NewEntry,
} from './append.ts'
export { actAsAgent, actorOf, authorOf } from './act.ts'
export { describeAttachment, describeUploads } from './describe-attachment.ts'
export { type Appender, createAppender, scopeOf } from './appender.ts'
export { inTransaction, type Transaction } from './in-transaction.ts'
export { addNote } from './add-note.ts'
export { assignConversation, transferConversation } from './assign.ts'
export { closeConversation, closeFor } from './close.ts'
export type { ConversationDeps } from './conversation-deps.ts'
export {
  conversationColumns,
  type ConversationRow,
  entryColumns,
  type EntryRow,
  toConversation,
  toEntry,
  toMarks,
} from './conversation-row.ts'
export { decideFailed } from './fail-rules.ts'
export { followMergedFailures } from './follow-merged-failures.ts'
export { leaveToOthers } from './handled-elsewhere.ts'
export { leaveInQueue, leaveQueue } from './leave-queue.ts'
export type { Instead } from './queue-rules.ts'
export { entryFeed } from './entry-feed.ts'
export { markByChannel, markByContact, markRead } from './mark-read.ts'
export type { Outlet, Via } from './outlet.ts'
export { ownKey } from './own-key.ts'
export { readVisitorTimeline } from './read-timeline.ts'
export { receiveMessage } from './receive-message.ts'
export { conversationJobs } from './jobs.ts'
export { conversationRoutes } from './routes.ts'
export { decideSurveyAnswer, mustBeOwnWork } from './rules.ts'
export { scheduledReplyJobs } from './send-scheduled.ts'
export { replyPrivately } from './reply-privately.ts'
export { sendReply } from './send-reply.ts'
export { readItem } from './conversation-item.ts'
export { readOrigin } from './split-conversation.ts'
export { readMessage } from './read-message.ts'
export { readScope } from './read-scope.ts'
export { canSee, supervises, visibleTo } from './sight.ts'
export { snoozeConversation } from './snooze.ts'
export { tagConversation } from './tag.ts'
export { startConversation } from './start-conversation.ts'
export { tendSilentConversations, wakeDueConversations } from './tend-silence.ts'
export * from './topics.ts'
export { type AgentSeat, agentSockets, type AgentSocketPart } from './agent-socket.ts'
