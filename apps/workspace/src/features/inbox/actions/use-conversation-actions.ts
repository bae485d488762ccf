import {
  type ConversationItem,
  type Entry,
  addParticipant,
  assignConversation,
  can,
  closeConversation,
  type closeReasons,
  editMessage,
  endConsult,
  markConversationRead,
  mergeConversation,
  moveSession,
  queueConversation,
  reactToMessage,
  recallMessage,
  removeParticipant,
  reopenConversation,
  sayInConsult,
  snoozeConversation,
  splitConversation,
  startConsult,
  tagConversation,
  takeOver,
  transferConversation,
  unmergeConversation,
  wakeConversation,
} from '@qiao/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useMemo } from 'react'
import { call } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { changeItem, ingest } from '../../../shared/conversations/cache.ts'
import { catchUp } from '../../../shared/conversations/catch-up.ts'
import { explain } from '../../../shared/error-words.ts'
import { useMe } from '../../../shared/session.ts'
import { whyRefused } from '../refusal-words.ts'

export type CloseReason = (typeof closeReasons)[number]
export interface TransferTarget {
  agentId: string | null
  teamId: string | null
  note?: string | undefined
}

/** May the viewer change whose work this is, close or put it away? The server asks the same. */
export const mayTouch = (item: ConversationItem, me: { id: string; role: Parameters<typeof can>[0] }): boolean =>
  item.conversation.assigneeId === null ||
  item.conversation.assigneeId === me.id ||
  can(me.role, 'conversations.assign-others')

/** May the viewer ask colleagues about it? Who takes part may, too. */
export const mayConsult = (item: ConversationItem, me: Parameters<typeof mayTouch>[1]): boolean =>
  item.conversation.state === 'open' && (mayTouch(item, me) || item.conversation.participantIds.includes(me.id))

/** Commands on one conversation. Each tells a refusal in words and gives whether it was done. */
export function useConversationActions(id: string) {
  const client = useQueryClient()
  const me = useMe()
  const { message } = App.useApp()
  return useMemo(() => {
    const params = { id }
    const run = async (command: Promise<{ entries: Entry[] }>): Promise<boolean> => {
      try {
        const { entries } = await command
        if (!ingest(client, id, entries, me.id)) void catchUp(client, id, me.id)
        return true
      } catch (error) {
        void message.error(whyRefused(error))
        return false
      }
    }
    const key = () => ({ clientKey: newClientKey() })
    return {
      assign: (agentId: string | null) => run(call(assignConversation, { params, body: { ...key(), agentId } })),
      transfer: ({ agentId, teamId, note }: TransferTarget) =>
        run(call(transferConversation, { params, body: { ...key(), agentId, teamId, ...(note ? { note } : {}) } })),
      queue: (queueId: string, note: string | undefined) =>
        run(call(queueConversation, { params, body: { ...key(), queueId, ...(note ? { note } : {}) } })),
      consult: (agentId: string, text: string) =>
        run(call(startConsult, { params, body: { ...key(), agentId, text } })),
      sayInConsult: (consultId: string, text: string) =>
        run(call(sayInConsult, { params, body: { ...key(), consultId, text } })),
      endConsult: (consultId: string) => run(call(endConsult, { params, body: { ...key(), consultId } })),
      addParticipant: (agentId: string) => run(call(addParticipant, { params, body: { ...key(), agentId } })),
      removeParticipant: (agentId: string) => run(call(removeParticipant, { params, body: { ...key(), agentId } })),
      takeOver: () => run(call(takeOver, { params, body: key() })),
      close: (reason: CloseReason = 'resolved') => run(call(closeConversation, { params, body: { ...key(), reason } })),
      reopen: () => run(call(reopenConversation, { params, body: key() })),
      merge: (intoId: string) => run(call(mergeConversation, { params, body: { ...key(), intoId } })),
      unmerge: () => run(call(unmergeConversation, { params, body: key() })),
      /** Gives the conversation that begins with the message; null when it was refused. */
      split: async (messageId: string): Promise<string | null> => {
        const answer = call(splitConversation, { params, body: { ...key(), messageId } })
        return (await run(answer)) ? (await answer).item.conversation.id : null
      },
      snooze: (until: Date) =>
        run(call(snoozeConversation, { params, body: { ...key(), until: until.toISOString() } })),
      wake: () => run(call(wakeConversation, { params, body: key() })),
      tag: (add: string[], remove: string[]) => run(call(tagConversation, { params, body: { ...key(), add, remove } })),
      react: (targetId: string, emoji: string | null) =>
        run(call(reactToMessage, { params, body: { ...key(), targetId, emoji } })),
      /** At the provider: to people in its own app, or out of their hands. */
      moveSession: (to: 'theirs' | 'over') => run(call(moveSession, { params, body: { ...key(), to } })),
      recall: (targetId: string) => run(call(recallMessage, { params, body: { ...key(), targetId } })),
      edit: (targetId: string, text: string) =>
        run(
          call(editMessage, { params, body: { ...key(), targetId, content: { type: 'text', text, markup: 'light' } } }),
        ),
      markRead: async (upToPublicSeq: number, unread: boolean) => {
        try {
          const { unreadCount } = await call(markConversationRead, { params, body: { upToPublicSeq, unread } })
          changeItem(client, id, (item) => ({
            ...item,
            unreadCount,
            mentioned: unread ? item.mentioned : false,
          }))
        } catch (error) {
          if (unread) void message.error(explain(error))
        }
      },
    }
  }, [client, id, me.id, message])
}
export type ConversationActions = ReturnType<typeof useConversationActions>
