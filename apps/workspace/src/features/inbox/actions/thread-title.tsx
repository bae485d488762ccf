import type { ConversationItem } from '@qiao/protocol'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { contactName, joined } from '../../../shared/names.ts'
import { onlineStore, viewersStore } from '../../../shared/realtime/presence.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { useStore } from '../../../shared/store.ts'
import { ThreadBadge } from '../beside/thread-badge.tsx'
import { workWords } from '../work-words.ts'
import { inboxWords } from '../words.ts'

/** Name, whether the customer is there, who holds it, and which colleagues look at it too. */
export const ThreadTitle = memo(function ThreadTitle({ item }: { item: ConversationItem }) {
  const t = useWords(inboxWords)
  const me = useMe()
  const names = useStaffNames()
  const { conversation, contact } = item
  const online = useStore(onlineStore, (all) => all.get(contact.id))
  const viewers = (useStore(viewersStore, (all) => all.get(conversation.id)) ?? []).filter((id) => id !== me.id)
  const assignee = conversation.assigneeId ? names.agents.get(conversation.assigneeId)?.name : undefined
  const viewing = viewers.map((id) => names.agents.get(id)?.name ?? '').filter(Boolean)
  const work = useWords(workWords)
  const { queue } = conversation
  const place = queue ? work('queue.in', { queue: names.queues.get(queue.queueId)?.name ?? '' }) : t('assign.nobody')
  const parts = [
    online === undefined ? '' : online ? t('thread.online') : t('thread.offline'),
    `#${conversation.number}`,
    names.inboxes.get(conversation.inboxId)?.name ?? '',
    assignee ? t('assign.to', { name: assignee }) : place,
  ].filter(Boolean)
  return (
    <div className="q-thread-title">
      <h2 className="q-thread-name">
        <span>{contactName(contact)}</span> <ThreadBadge thread={item.thread} />
      </h2>
      <span className="q-thread-sub">
        {online ? <span className="q-online-dot" /> : null}
        {parts.join(' · ')}
        {viewing.length > 0 ? (
          <span className="q-viewing"> · {t('thread.viewing', { names: joined(viewing) })}</span>
        ) : null}
      </span>
    </div>
  )
})
