import type { ConversationItem } from '@qiao/protocol'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { dateTime } from '../../../shared/time.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { inboxWords } from '../words.ts'

interface ThreadBarsProps {
  item: ConversationItem
  newer: ConversationItem | undefined
  actions: ConversationActions
  onOpen: (id: string) => void
}

/** What one has to know before writing. */
export function ThreadBars({ item, newer, actions, onOpen }: ThreadBarsProps) {
  const t = useWords(inboxWords)
  const me = useMe()
  const names = useStaffNames()
  const { conversation } = item
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
  if (conversation.assigneeId && conversation.assigneeId !== me.id) {
    const name = names.agents.get(conversation.assigneeId)?.name ?? ''
    return <div className="q-bar is-warning">{t('thread.otherHolds', { name })}</div>
  }
  return null
}
