import { contentPreview } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { scheduledQuery } from '../mail/mail-queries.ts'
import { ScheduledActions } from '../mail/scheduled-actions.tsx'
import { ScheduledItem } from '../mail/scheduled-item.tsx'
import { useScheduled } from '../mail/use-scheduled.ts'
import { inboxWords } from '../words.ts'
import { keepFirstDraft, localFirstDraft } from './first-draft.ts'
import { useLetterInboxes } from './letter-inboxes.ts'
import { newMailStore, writeNewMail } from './new-mail-store.ts'
import { newMailWords } from './words.ts'
import '../mail/mail.css'

/** Those that have just left are shown for a minute: it is looked at again when that may be over. */
const lookAgainMs = 15_000

interface FirstMailsStripProps {
  onOpen: (conversationId: string) => void
}

/** Where mails can be written at all, those of the viewer that are going to begin conversations. */
export function FirstMailsStrip(props: FirstMailsStripProps) {
  return useLetterInboxes().length > 0 ? <FirstMails {...props} /> : null
}

/** One that has begun its conversation leads there. */
function FirstMails({ onOpen }: FirstMailsStripProps) {
  const t = useWords(newMailWords)
  const inbox = useWords(inboxWords)
  const me = useMe()
  const { data, busy, edit, sendNow, undoable } = useScheduled(null, {
    isWriting: () => (localFirstDraft(me.id)?.draft ?? null) !== null,
    onTakenBack: (mail, { inboxId }) => {
      if (inboxId === null) return
      keepFirstDraft(me.id, { inboxId, mail })
      writeNewMail()
    },
  })
  useQuery({
    ...scheduledQuery(null),
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === 'sent') ? lookAgainMs : false),
  })
  useCommands(() => {
    const reply = newMailStore.get().open ? undefined : undoable()
    const group = inbox('group.list')
    return reply ? [{ id: 'first-mail-undo', title: t('do.undo'), group, keys: 'z', run: () => edit(reply) }] : []
  })
  if (data.length === 0) return null
  return (
    <ul className="q-scheduled q-first-mails" aria-label={t('strip.label')}>
      {data.map((reply) => (
        <li key={reply.id}>
          {reply.state === 'sent' ? (
            <>
              <span className="q-scheduled-main">
                <span className="q-scheduled-when">{t('strip.sent')}</span>
                <span className="q-scheduled-text">{contentPreview(reply.content)}</span>
              </span>
              <Button size="small" onClick={() => reply.conversationId && onOpen(reply.conversationId)}>
                {t('strip.open')}
              </Button>
            </>
          ) : (
            <>
              <ScheduledItem reply={reply} />
              <ScheduledActions
                reply={reply}
                busy={busy === reply.id}
                onEdit={() => edit(reply)}
                onNow={() => void sendNow(reply)}
              />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
