import type { Conversation } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import { stopwatch, useSecond } from '../../../shared/routing/seconds.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { explainQuery } from '../why/explain-query.ts'
import { workWords } from '../work-words.ts'

interface QueueBarProps {
  conversation: Conversation
  queue: NonNullable<Conversation['queue']>
  actions: ConversationActions
  onWhy: () => void
}

/** It waits for an agent: where, at which place, since when. */
export function QueueBar({ conversation, queue, actions, onWhy }: QueueBarProps) {
  const t = useWords(workWords)
  const me = useMe()
  const names = useStaffNames()
  const { data } = useQuery(explainQuery(conversation.id))
  const now = useSecond()
  const item = data?.items.find(({ id }) => id === queue.itemId)
  const position = data?.now?.position
  const since = Date.parse(item?.createdAt ?? conversation.waitingSince ?? conversation.createdAt)
  const name = names.queues.get(queue.queueId)?.name ?? ''
  const parts = [
    t('queue.waits', { queue: name, time: stopwatch(now - since) }),
    item?.state === 'offered' ? t('queue.ringing') : '',
    position ? t('queue.position', { position }) : '',
  ]
  return (
    <div className="q-bar is-warning q-queue-bar">
      <span>{parts.filter(Boolean).join(' · ')}</span>
      <Button size="small" type="link" onClick={onWhy}>
        {t('queue.why')}
      </Button>
      <Button size="small" type="link" onClick={() => void actions.assign(me.id)}>
        {t('queue.take')}
      </Button>
    </div>
  )
}
