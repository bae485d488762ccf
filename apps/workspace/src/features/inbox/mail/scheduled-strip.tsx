import { type MailDraft, moveScheduledReply, type ScheduledReply } from '@qiao/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useState } from 'react'
import { ApiError, call } from '../../../shared/api.ts'
import { useCommands } from '../../../shared/commands.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { serverNow } from '../../../shared/server-time.ts'
import { useMe } from '../../../shared/session.ts'
import { takeBack } from '../composer/mail/send-mail.ts'
import { inboxWords } from '../words.ts'
import { ScheduledItem } from './scheduled-item.tsx'
import { scheduledQuery } from './mail-queries.ts'
import { soonMs } from './scheduled.ts'
import { mailWords } from './words.ts'

interface ScheduledStripProps {
  conversationId: string
  isWriting: () => boolean
  onTakenBack: (mail: MailDraft) => void
}

/** What has been sent and has not left yet: to be undone, changed, hurried, or sent again after it failed. */
export function ScheduledStrip({ conversationId, isWriting, onTakenBack }: ScheduledStripProps) {
  const t = useWords(mailWords)
  const inbox = useWords(inboxWords)
  const me = useMe()
  const client = useQueryClient()
  const { modal, message } = App.useApp()
  const { data = [] } = useQuery(scheduledQuery(conversationId))
  const [busy, setBusy] = useState<string | null>(null)
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: scheduledQuery(conversationId).queryKey })
  const drop = (id: string): void => {
    client.setQueryData(scheduledQuery(conversationId).queryKey, (held) => held?.filter((each) => each.id !== id))
  }

  const attempt = async (id: string, act: () => Promise<void>): Promise<void> => {
    setBusy(id)
    try {
      await act()
    } catch (error) {
      const gone = error instanceof ApiError && (error.status === 404 || error.status === 409)
      void message.error(gone ? t('strip.gone') : explain(error))
    } finally {
      setBusy(null)
      void refresh()
    }
  }
  const back = (reply: ScheduledReply): Promise<void> =>
    attempt(reply.id, async () => {
      const mail = await takeBack(reply)
      drop(reply.id)
      onTakenBack(mail)
      void message.success(t('strip.back'))
    })
  const edit = (reply: ScheduledReply): void => {
    if (!isWriting()) return void back(reply)
    void modal.confirm({ title: t('strip.replaceAsk'), okText: t('strip.replace'), onOk: () => back(reply) })
  }
  const sendNow = (reply: ScheduledReply): Promise<void> =>
    attempt(reply.id, async () => {
      const sendAt = new Date(serverNow()).toISOString()
      await call(moveScheduledReply, { params: { id: reply.id }, body: { sendAt } })
    })

  useCommands(() => {
    const undoable = data.findLast(
      ({ agentId, state, sendAt }) =>
        agentId === me.id && state === 'waiting' && Date.parse(sendAt) - serverNow() < soonMs,
    )
    const group = inbox('group.conversation')
    return undoable ? [{ id: 'mail-undo', title: t('do.undo'), group, keys: 'z', run: () => edit(undoable) }] : []
  })
  if (data.length === 0) return null
  return (
    <ul className="q-scheduled" aria-label={t('strip.label')}>
      {data.map((reply) => (
        <li key={reply.id}>
          <ScheduledItem reply={reply} />
          <Actions
            reply={reply}
            busy={busy === reply.id}
            onEdit={() => edit(reply)}
            onNow={() => void sendNow(reply)}
          />
        </li>
      ))}
    </ul>
  )
}

interface ActionsProps {
  reply: ScheduledReply
  busy: boolean
  onEdit: () => void
  onNow: () => void
}

function Actions({ reply, busy, onEdit, onNow }: ActionsProps) {
  const t = useWords(mailWords)
  const soon = reply.state !== 'failed' && Date.parse(reply.sendAt) - serverNow() < soonMs
  return (
    <span className="q-scheduled-acts">
      <Button size="small" disabled={busy} onClick={onEdit} {...(soon ? { 'aria-keyshortcuts': 'z' } : {})}>
        {soon ? t('strip.undo') : t('strip.edit')}
        {soon ? <kbd className="q-kbd">Z</kbd> : null}
      </Button>
      <Button size="small" type="text" disabled={busy} onClick={onNow}>
        {t(reply.state === 'failed' ? 'strip.again' : 'strip.now')}
      </Button>
    </span>
  )
}
