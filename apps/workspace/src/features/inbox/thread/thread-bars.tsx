import type { ConversationItem } from '@qiao/protocol'
import { Button } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { dateTime } from '../../../shared/time.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { MergedBar } from '../joined/merged-bar.tsx'
import { inboxWords } from '../words.ts'
import { HeldBar } from './held-bar.tsx'
import { QueueBar } from './queue-bar.tsx'

interface ThreadBarsProps {
  item: ConversationItem
  newer: ConversationItem | undefined
  actions: ConversationActions
  onOpen: (id: string) => void
  onWhy: () => void
}

/** What one has to know before writing. */
export const ThreadBars = memo(function ThreadBars({ item, newer, actions, onOpen, onWhy }: ThreadBarsProps) {
  const t = useWords(inboxWords)
  const me = useMe()
  const { conversation } = item
  if (conversation.mergedIntoId)
    return <MergedBar intoId={conversation.mergedIntoId} actions={actions} onOpen={onOpen} />
  if (newer) {
    return (
      <div className="q-bar">
        <span>{t('thread.newer', { number: newer.conversation.number })}</span>
        <Button size="small" type="link" onClick={() => onOpen(newer.conversation.id)}>
          {t('panel.open')}
        </Button>
      </div>
    )
  }
  if (conversation.state === 'closed') {
    return (
      <div className="q-bar">
        {t('thread.closedBar', { reason: t(`reason.${conversation.closeReason ?? 'other'}`) })}
      </div>
    )
  }
  if (conversation.state === 'snoozed') {
    return (
      <div className="q-bar">
        <span>
          {t('thread.snoozedBar', { time: dateTime(conversation.snoozedUntil ?? conversation.lastActivityAt) })}
        </span>
        <Button size="small" type="link" onClick={() => void actions.wake()}>
          {t('thread.wake')}
        </Button>
      </div>
    )
  }
  const { queue, assigneeId } = conversation
  if (queue) return <QueueBar conversation={conversation} queue={queue} actions={actions} onWhy={onWhy} />
  return assigneeId === me.id ? null : <HeldBar conversation={conversation} actions={actions} />
})
