import type { Inbox } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Modal, Skeleton } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useHeld } from '../../../shared/use-held.ts'
import { loadFirstDraft } from './first-draft.ts'
import { type FirstMailHandle, WriteFirstMail } from './write-first-mail.tsx'
import { newMailWords } from './words.ts'
import '../composer/mail/mailer.css'

interface NewMailProps {
  /** At least one. */
  inboxes: readonly Inbox[]
  onClose: () => void
}

/** A mail to anybody, known or not: it begins a conversation. Put away it is kept. */
export function NewMail({ inboxes, onClose }: NewMailProps) {
  const t = useWords(newMailWords)
  const me = useMe()
  const writing = useHeld<FirstMailHandle>()
  const { data: draft } = useQuery({
    queryKey: ['first-mail-draft'],
    queryFn: ({ signal }) => loadFirstDraft(me.id, signal),
    gcTime: 0,
    staleTime: Infinity,
    // Without a network what this browser holds is shown, not waited for.
    networkMode: 'always',
  })
  return (
    <Modal
      open
      title={t('do.write')}
      width={760}
      footer={null}
      mask={{ closable: false }}
      onCancel={onClose}
      // What was begun before may be read only then.
      afterOpenChange={(open) => open && writing.once((form) => form.focus())}
    >
      {draft === undefined ? (
        <Skeleton active paragraph={{ rows: 6 }} />
      ) : (
        <WriteFirstMail inboxes={inboxes} draft={draft} onClose={onClose} handle={writing.attach} />
      )}
    </Modal>
  )
}
