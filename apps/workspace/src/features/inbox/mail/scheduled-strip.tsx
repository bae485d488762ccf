import type { MailDraft } from '@qiao/protocol'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { ScheduledActions } from './scheduled-actions.tsx'
import { ScheduledItem } from './scheduled-item.tsx'
import { useScheduled } from './use-scheduled.ts'
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
  const { data, busy, edit, sendNow, undoable } = useScheduled(conversationId, { isWriting, onTakenBack })
  useCommands(() => {
    const reply = undoable()
    const group = inbox('group.conversation')
    return reply ? [{ id: 'mail-undo', title: t('do.undo'), group, keys: 'z', run: () => edit(reply) }] : []
  })
  if (data.length === 0) return null
  return (
    <ul className="q-scheduled" aria-label={t('strip.label')}>
      {data.map((reply) => (
        <li key={reply.id}>
          <ScheduledItem reply={reply} />
          <ScheduledActions
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
