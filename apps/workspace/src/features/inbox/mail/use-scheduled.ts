import { type MailDraft, moveScheduledReply, type ScheduledReply } from '@qiao/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useState } from 'react'
import { ApiError, call } from '../../../shared/api.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { serverNow } from '../../../shared/server-time.ts'
import { useMe } from '../../../shared/session.ts'
import { takeBack } from '../composer/mail/send-mail.ts'
import { scheduledQuery } from './mail-queries.ts'
import { soonMs } from './scheduled.ts'
import { mailWords } from './words.ts'

interface Taking {
  /** Something is being written in the place where it would be written on. */
  isWriting: () => boolean
  onTakenBack: (mail: MailDraft, reply: ScheduledReply) => void
}

/** What has been sent and has not left yet, of a conversation or, null, of those that begin one; and what can be done with it. */
export function useScheduled(conversationId: string | null, { isWriting, onTakenBack }: Taking) {
  const t = useWords(mailWords)
  const me = useMe()
  const client = useQueryClient()
  const { modal, message } = App.useApp()
  const query = scheduledQuery(conversationId)
  const { data = [] } = useQuery(query)
  const [busy, setBusy] = useState<string | null>(null)

  const attempt = async (id: string, act: () => Promise<void>): Promise<void> => {
    setBusy(id)
    try {
      await act()
    } catch (error) {
      const gone = error instanceof ApiError && (error.status === 404 || error.status === 409)
      void message.error(gone ? t('strip.gone') : explain(error))
    } finally {
      setBusy(null)
      void client.invalidateQueries({ queryKey: query.queryKey })
    }
  }
  const back = (reply: ScheduledReply): Promise<void> =>
    attempt(reply.id, async () => {
      const mail = await takeBack(reply)
      client.setQueryData(query.queryKey, (held) => held?.filter(({ id }) => id !== reply.id))
      onTakenBack(mail, reply)
      void message.success(t('strip.back'))
    })
  return {
    data,
    busy,
    edit: (reply: ScheduledReply): void => {
      if (!isWriting()) return void back(reply)
      void modal.confirm({ title: t('strip.replaceAsk'), okText: t('strip.replace'), onOk: () => back(reply) })
    },
    sendNow: (reply: ScheduledReply): Promise<void> =>
      attempt(reply.id, async () => {
        const sendAt = new Date(serverNow()).toISOString()
        await call(moveScheduledReply, { params: { id: reply.id }, body: { sendAt } })
      }),
    /** The last one that can still be undone by a key. */
    undoable: (): ScheduledReply | undefined =>
      data.findLast(
        ({ agentId, state, sendAt }) =>
          agentId === me.id && state === 'waiting' && Date.parse(sendAt) - serverNow() < soonMs,
      ),
  }
}
