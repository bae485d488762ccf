import { type MessageEntry, contentPreview, currentContent, isMessage } from '@qiao/protocol'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { Tip } from '../../../shared/tip.tsx'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { BesideLine } from '../beside/beside-line.tsx'
import { ContentView } from '../content/content-view.tsx'
import { privateWords } from '../composer/private/private-words.ts'
import { deliveryWords } from '../delivery-words.ts'
import { inboxWords } from '../words.ts'
import { DeliveryLine, UnreachedLine } from './delivery-line.tsx'
import { MessageActions } from './message-actions.tsx'
import type { Delivery } from './rows.ts'
import { OurReaction } from './react-button.tsx'
import { useEntry, useThreadContext, writerOf } from './thread-context.tsx'

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
  const person = writerOf(entry, context)
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
          <MessageActions
            entry={entry}
            byMe={byMe}
            unsent={delivery === 'queued' || delivery === 'failed' || delivery === 'retrying'}
          />
        </div>
        <BesideLine entry={entry} />
        {entry.revision?.reaction ? <OurReaction entry={entry} emoji={entry.revision.reaction} /> : null}
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
          {entry.kind === 'message.sent' && entry.body.privately ? (
            <Privately conversationId={entry.body.privately.conversationId} />
          ) : null}
          {'apart' in entry.body ? <span>{words('apart')}</span> : null}
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

/** It answers something that was said in public, there. */
function Privately({ conversationId }: { conversationId: string }) {
  const t = useWords(privateWords)
  return <Link to={`/inbox/all/${conversationId}`}>{t('answers')}</Link>
}

function Quote({ targetId }: { targetId: string }) {
  const t = useWords(inboxWords)
  const context = useThreadContext()
  const target = useEntry(targetId)
  if (!target || !isMessage(target)) return <span className="q-quote">{t('message.gone')}</span>
  const content = currentContent(target)
  const { name } = writerOf(target, context)
  return (
    <button type="button" className="q-quote" onClick={() => context.jumpTo(targetId)}>
      <strong>{name}</strong> {content ? contentPreview(content) : t('kind.recalled')}
    </button>
  )
}
