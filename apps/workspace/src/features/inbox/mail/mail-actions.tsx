import { CopyOutlined, ForwardOutlined, RollbackOutlined, SplitCellsOutlined, TeamOutlined } from '@ant-design/icons'
import { type ContentOf, type MailKind, type MessageEntry, contentToText } from '@qiao/protocol'
import { App } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { joinedWords } from '../joined/words.ts'
import { useThreadContext } from '../thread/thread-context.tsx'
import { mailWords } from './words.ts'

interface MailActionsProps {
  entry: MessageEntry
  mail: ContentOf<'mail'>
}

const icons: [Exclude<MailKind, 'new' | 'reply-original'>, ReactNode][] = [
  ['reply', <RollbackOutlined key="reply" />],
  ['reply-all', <TeamOutlined key="reply-all" />],
  ['forward', <ForwardOutlined key="forward" />],
]

export function MailActions({ entry, mail }: MailActionsProps) {
  const t = useWords(mailWords)
  const joined = useWords(joinedWords)
  const { conversationId, onMail, onSplit } = useThreadContext()
  const { message } = App.useApp()
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(contentToText(mail))
    void message.success(t('act.copied'))
  }
  // Whoever was the only other one is answered by a plain reply.
  const several = mail.to.length + mail.cc.length > 1
  return (
    <span className="q-mail-acts" role="group" aria-label={t('act.label')}>
      {entry.conversationId === conversationId
        ? icons.map(([kind, icon]) =>
            kind === 'reply-all' && !several ? null : (
              <Act key={kind} label={t(`act.${kind}`)} icon={icon} onClick={() => onMail(kind, entry)} />
            ),
          )
        : null}
      {entry.conversationId === conversationId ? (
        <Act label={joined('do.split')} icon={<SplitCellsOutlined />} onClick={() => onSplit(entry)} />
      ) : null}
      <Act label={t('act.copy')} icon={<CopyOutlined />} onClick={() => void copy()} />
    </span>
  )
}

const Act = ({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) => (
  <button type="button" className="q-act" title={label} aria-label={label} onClick={onClick}>
    {icon}
  </button>
)
