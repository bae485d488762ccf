import type { ConversationItem } from '@qiao/protocol'
import { memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import type { StaffNames } from '../../../shared/staff.ts'
import { dateTime, duration, exactTime, shortTime } from '../../../shared/time.ts'
import { ThreadBadge } from '../beside/thread-badge.tsx'
import { MailSubject } from '../mail/mail-subject.tsx'
import { previewText } from '../preview.ts'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'
import { waitingLevel } from './waiting.ts'

export interface ListRowProps {
  item: ConversationItem
  selected: boolean
  now: number
  online: boolean
  meId: string
  targetSeconds: number
  names: StaffNames
  compact: boolean
  onOpen: (id: string) => void
}

export const ListRow = memo(function ListRow(props: ListRowProps) {
  const { item, selected, now, online, meId, names, compact, onOpen } = props
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const { conversation, contact, unreadCount } = item
  const name = contactName(contact)
  const last = conversation.lastMessage
  const agent = conversation.assigneeId ? names.agents.get(conversation.assigneeId) : undefined
  const mine = conversation.assigneeId === meId
  const queue = conversation.queue ? (names.queues.get(conversation.queue.queueId)?.name ?? '') : null
  const prefix =
    last?.from === 'agent'
      ? mine
        ? t('list.you')
        : agent
          ? t('list.agentSaid', { name: agent.name })
          : ''
      : last?.from === 'bot'
        ? t('list.botSaid')
        : last?.from === 'contact' && last.by
          ? t('list.agentSaid', { name: last.by })
          : ''
  const classes = ['q-row', selected ? 'is-selected' : '', unreadCount > 0 ? 'is-unread' : ''].join(' ')
  return (
    <a
      className={classes}
      href={`#${conversation.id}`}
      aria-current={selected ? 'true' : undefined}
      data-conversation={conversation.id}
      onClick={(event) => {
        event.preventDefault()
        onOpen(conversation.id)
      }}
    >
      <Avatar id={contact.id} name={name} url={contact.avatarUrl} size={compact ? 28 : 36} online={online} />
      <span className="q-row-main">
        <span className="q-row-line">
          <span className="q-row-name">{name}</span>
          <ThreadBadge thread={item.thread} />
          <When item={item} now={now} targetSeconds={props.targetSeconds} />
        </span>
        <span className="q-row-line">
          <span className="q-row-text">
            {compact && queue !== null ? <span className="q-row-queue">{work('queue.short')} </span> : null}
            {conversation.undelivered.length > 0 ? (
              <span className="q-row-undelivered">{t('list.undelivered')} </span>
            ) : null}
            {conversation.subject === null ? null : <MailSubject subject={conversation.subject} />}
            {prefix ? <span className="q-row-prefix">{prefix}</span> : null}
            {last ? previewText(last, t, conversation.subject) : t('list.noMessage')}
          </span>
          {unreadCount > 0 ? (
            <span className="q-badge" title={t('list.unread', { count: unreadCount })}>
              {unreadCount > 99 ? '99+' : unreadCount}
              <span className="sr-only">{t('list.unread', { count: unreadCount })}</span>
            </span>
          ) : null}
        </span>
        {compact ? null : (
          <span className="q-row-line q-row-foot">
            {queue === null ? null : <span className="q-row-queue">{work('queue.in', { queue })}</span>}
            <span className="q-row-inbox">
              {names.inboxes.get(conversation.inboxId)?.name ?? `#${conversation.number}`}
            </span>
            {agent && !mine ? <span className="q-row-agent">{agent.name}</span> : null}
            {conversation.tags.slice(0, 2).map((tag) => (
              <span key={tag} className="q-tag">
                {tag}
              </span>
            ))}
            {conversation.tags.length > 2 ? <span className="q-row-agent">+{conversation.tags.length - 2}</span> : null}
          </span>
        )}
      </span>
    </a>
  )
})

function When({ item, now, targetSeconds }: { item: ConversationItem; now: number; targetSeconds: number }) {
  const t = useWords(inboxWords)
  const { conversation } = item
  if (conversation.state === 'snoozed' && conversation.snoozedUntil) {
    return (
      <time className="q-row-time" title={exactTime(conversation.snoozedUntil)}>
        {t('list.snoozedUntil', { time: dateTime(conversation.snoozedUntil) })}
      </time>
    )
  }
  if (conversation.state === 'open' && conversation.waitingSince) {
    const waited = now - Date.parse(conversation.waitingSince)
    const title = t('list.waitingTarget', { time: duration(waited), target: duration(targetSeconds * 1000) })
    return (
      <time className={`q-wait is-${waitingLevel(waited, targetSeconds)}`} title={title}>
        {t('list.waiting', { time: duration(waited) })}
      </time>
    )
  }
  const at = conversation.closedAt ?? conversation.lastActivityAt
  return (
    <time className="q-row-time" title={exactTime(at)}>
      {shortTime(at, now)}
    </time>
  )
}
