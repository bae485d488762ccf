import { CopyOutlined, DeleteOutlined, EditOutlined, RollbackOutlined } from '@ant-design/icons'
import { type MessageEntry, contentPreview, contentToText, currentContent, isMessage } from '@qiao/protocol'
import { App } from 'antd'
import { memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { Tip } from '../../../shared/tip.tsx'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { ContentView } from '../content/content-view.tsx'
import { deliveryWords } from '../delivery-words.ts'
import { inboxWords } from '../words.ts'
import { DeliveryLine, UnreachedLine } from './delivery-line.tsx'
import type { Delivery } from './rows.ts'
import { personOf, useEntry, useThreadContext } from './thread-context.tsx'

interface MessageRowProps {
  entry: MessageEntry
  grouped: boolean
  delivery: Delivery | null
}

export const MessageRow = memo(function MessageRow({ entry, grouped, delivery }: MessageRowProps) {
  const t = useWords(inboxWords)
  const words = useWords(deliveryWords)
  const context = useThreadContext()
  const outgoing = entry.kind === 'message.sent'
  const person = personOf(entry.author, context)
  const content = currentContent(entry)
  const byMe = entry.author.type === 'agent' && entry.author.id === context.me.id
  if (content === null) {
    return (
      <p className="q-event" title={exactTime(entry.revision?.recalledAt ?? entry.at)}>
        {byMe ? t('message.recalledMine') : t('message.recalled', { name: person.name })}
        <UnreachedLine entry={entry} />
      </p>
    )
  }
  const editedAt = entry.revision?.editedAt
  return (
    <article className={`q-msg ${outgoing ? 'is-out' : 'is-in'} ${grouped ? 'is-grouped' : ''}`} data-entry={entry.id}>
      <span className="q-msg-face">
        {grouped ? null : <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={28} />}
      </span>
      <div className="q-msg-main">
        {grouped ? null : <span className="q-msg-name">{person.name}</span>}
        <div className="q-msg-line">
          <div className={`q-bubble ${entry.author.type === 'bot' ? 'is-bot' : ''}`}>
            {entry.body.replyToId ? <Quote targetId={entry.body.replyToId} /> : null}
            <ContentView content={content} onOpenImage={context.openImage} />
          </div>
          <MessageActions entry={entry} byMe={byMe} />
        </div>
        <span className="q-msg-meta">
          <time title={exactTime(entry.at)}>{clockTime(entry.at)}</time>
          {editedAt ? (
            <Tip
              title={t('message.editedTip', { time: exactTime(editedAt), text: contentPreview(entry.body.content) })}
            >
              <span>{t('message.edited')}</span>
            </Tip>
          ) : null}
          {entry.body.via ? <Via inboxId={entry.body.via.inboxId} /> : null}
          <UnreachedLine entry={entry} />
          {entry.kind === 'message.sent' && entry.body.elsewhere ? <span>{words('elsewhere')}</span> : null}
          {delivery ? <DeliveryLine entry={entry} delivery={delivery} /> : null}
        </span>
      </div>
    </article>
  )
})

/** The channel by which it went or came, when that is not the conversation's own. */
function Via({ inboxId }: { inboxId: string }) {
  const words = useWords(deliveryWords)
  const inbox = useInboxes().find(({ id }) => id === inboxId)
  return inbox ? <span>{words('via.by', { inbox: inbox.name })}</span> : null
}

function Quote({ targetId }: { targetId: string }) {
  const t = useWords(inboxWords)
  const context = useThreadContext()
  const target = useEntry(targetId)
  if (!target || !isMessage(target)) return <span className="q-quote">{t('message.gone')}</span>
  const content = currentContent(target)
  const name = personOf(target.author, context).name
  return (
    <button type="button" className="q-quote" onClick={() => context.jumpTo(targetId)}>
      <strong>{name}</strong> {content ? contentPreview(content) : t('kind.recalled')}
    </button>
  )
}

function MessageActions({ entry, byMe }: { entry: MessageEntry; byMe: boolean }) {
  const t = useWords(inboxWords)
  const context = useThreadContext()
  const { modal, message } = App.useApp()
  const content = currentContent(entry)
  if (!content) return null
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(contentToText(content))
    void message.success(t('message.copied'))
  }
  const recall = (): void => {
    void modal.confirm({
      title: t('message.recallAsk'),
      okText: t('message.recall'),
      okButtonProps: { danger: true },
      onOk: () => context.onRecall(entry),
    })
  }
  const mine = entry.kind === 'message.sent' && byMe
  const inThisConversation = entry.conversationId === context.conversationId
  return (
    <span className="q-msg-actions" role="group" aria-label={t('message.actions')}>
      {inThisConversation ? (
        <Act label={t('message.reply')} icon={<RollbackOutlined />} onClick={() => context.onReply(entry)} />
      ) : null}
      <Act label={t('message.copy')} icon={<CopyOutlined />} onClick={() => void copy()} />
      {mine && inThisConversation && !entry.body.via && content.type === 'text' ? (
        <Act label={t('message.edit')} icon={<EditOutlined />} onClick={() => context.onEdit(entry)} />
      ) : null}
      {mine && inThisConversation && !entry.body.via ? (
        <Act label={t('message.recall')} icon={<DeleteOutlined />} onClick={recall} />
      ) : null}
    </span>
  )
}

// A plain button: there are hundreds of them, and those of the kit took half of the time that opening a thread took.
const Act = ({ label, icon, onClick }: { label: string; icon: React.ReactNode; onClick: () => void }) => (
  <button type="button" className="q-act" title={label} aria-label={label} onClick={onClick}>
    {icon}
  </button>
)
