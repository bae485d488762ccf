import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { useStore } from '../../../shared/store.ts'
import { useNow } from '../../../shared/time.ts'
import { deliveryWords } from '../delivery-words.ts'
import { shownWay } from './shown-way.ts'
import { stripWords } from './strip-words.ts'
import { outletsQuery } from './via-select.tsx'

/** Until when and how often the way that is chosen lets one answer. Web chat has no such rules, and says nothing. */
export const ReplyStrip = memo(function ReplyStrip({ conversationId }: { conversationId: string }) {
  const t = useWords(deliveryWords)
  const now = useNow()
  const inboxes = useInboxes()
  const { data: outlets = [] } = useQuery(outletsQuery(conversationId))
  const shown = useStore(shownWay, (held) => (held?.conversationId === conversationId ? held.identityId : null))
  const way = outlets.find(({ identityId }) => identityId === shown) ?? outlets.find(({ own }) => own)
  if (!way) return null
  const others = outlets.filter((each) => each !== way && each.open)
  const nameOf = (inboxId: string): string => inboxes.find(({ id }) => id === inboxId)?.name ?? ''
  const words = stripWords(
    way,
    others.map(({ inboxId }) => nameOf(inboxId)),
    t,
    now,
  )
  if (!words) return null
  return (
    <div className={`q-reply-strip ${way.free ? '' : 'is-shut'}`}>
      <span role="status">
        {way.own ? '' : t('strip.through', { inbox: nameOf(way.inboxId) })}
        {words}
      </span>
    </div>
  )
})
