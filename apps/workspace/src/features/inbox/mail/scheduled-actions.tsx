import type { ScheduledReply } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { serverNow } from '../../../shared/server-time.ts'
import { soonMs } from './scheduled.ts'
import { mailWords } from './words.ts'

interface ScheduledActionsProps {
  reply: ScheduledReply
  busy: boolean
  onEdit: () => void
  onNow: () => void
}

export function ScheduledActions({ reply, busy, onEdit, onNow }: ScheduledActionsProps) {
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
