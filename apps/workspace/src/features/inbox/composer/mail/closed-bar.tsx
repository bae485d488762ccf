import { EditOutlined, FileTextOutlined, ForwardOutlined, RollbackOutlined, TeamOutlined } from '@ant-design/icons'
import type { MailKind } from '@qiao/protocol'
import { Button } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { Tip } from '../../../../shared/tip.tsx'
import { useStable } from '../../../../shared/use-stable.ts'
import { useDraft } from '../use-draft.ts'
import { mailerWords } from './words.ts'

interface ClosedBarProps {
  conversationId: string
  answerable: boolean
  /** Somebody has put it away: it does not open by itself again. */
  folded: boolean
  mayWhisper: boolean
  otherWays: boolean
  /** What the customer asked for, in words. */
  wish: ReactNode
  onMail: (kind: MailKind) => void
  onDraft: () => void
  onFound: (what: 'mail' | 'note') => void
  onNote: () => void
  onWhisper: () => void
  onOtherWay: () => void
}

const icons = {
  reply: <RollbackOutlined />,
  'reply-all': <TeamOutlined />,
  forward: <ForwardOutlined />,
  new: <EditOutlined />,
}
const keysOf = { reply: 'r', 'reply-all': 'a', forward: 'f', new: undefined } as const

/** Nothing is being written: the thread has the room, and writing is one press away. A draft opens by itself. */
export function ClosedBar(props: ClosedBarProps) {
  const { conversationId, answerable, folded, mayWhisper, otherWays, onMail } = props
  const t = useWords(mailerWords)
  const { draft } = useDraft(conversationId)
  const onFound = useStable(props.onFound)
  const hasMail = draft.mail !== null
  const found = hasMail ? 'mail' : draft.mode === 'note' && draft.text.trim() !== '' ? 'note' : null
  useEffect(() => {
    if (found && !folded) onFound(found)
  }, [found, folded, onFound])
  const kinds: Exclude<MailKind, 'reply-original'>[] = answerable ? ['reply', 'reply-all', 'forward', 'new'] : ['new']
  return (
    <section className="q-mailer-closed" aria-label={t('closed.label')}>
      {props.wish}
      {hasMail ? (
        <Button type="primary" icon={<EditOutlined />} onClick={props.onDraft}>
          {t('closed.draft')}
        </Button>
      ) : null}
      {kinds.map((kind) => {
        const keys = keysOf[kind]
        return (
          <Tip key={kind} title={t(`label.${kind}`)} {...(keys ? { keys } : {})}>
            <Button
              icon={icons[kind]}
              type={kind === kinds[0] && !hasMail ? 'primary' : 'default'}
              onClick={() => onMail(kind)}
            >
              {t(`kind.${kind}`)}
            </Button>
          </Tip>
        )
      })}
      <Tip title={t('closed.note')} keys="n">
        <Button icon={<FileTextOutlined />} onClick={props.onNote}>
          {t('closed.note')}
        </Button>
      </Tip>
      {mayWhisper ? <Button onClick={props.onWhisper}>{t('closed.whisper')}</Button> : null}
      {otherWays ? <Button onClick={props.onOtherWay}>{t('closed.other')}</Button> : null}
    </section>
  )
}
