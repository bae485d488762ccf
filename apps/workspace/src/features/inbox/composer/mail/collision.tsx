import { useWords } from '../../../../shared/i18n.ts'
import { namesOf } from '../../../../shared/names.ts'
import { typingStore } from '../../../../shared/realtime/presence.ts'
import { useMe } from '../../../../shared/session.ts'
import { useStaffNames } from '../../../../shared/staff.ts'
import { useStore } from '../../../../shared/store.ts'
import type { Meanwhile } from './meanwhile.ts'
import { mailerWords } from './words.ts'

interface CollisionProps {
  conversationId: string
  meanwhile: Meanwhile
  /** Who has an answer waiting here. */
  scheduledBy: readonly string[]
}

/** Two answers to one question are worse than none: whoever writes here knows of the other. */
export function Collision({ conversationId, meanwhile, scheduledBy }: CollisionProps) {
  const t = useWords(mailerWords)
  const me = useMe()
  const { agents } = useStaffNames()
  const writing = useStore(typingStore, (byId) => byId.get(conversationId)) ?? []
  const writingIds = writing.flatMap(({ who }) => (who.type === 'agent' && who.id !== me.id ? [who.id] : []))
  const { answeredBy, notedBy, customerWrote } = meanwhile
  const said = (
    key: 'collision' | 'since.answered' | 'since.noted' | 'since.waits',
    ids: readonly string[],
  ): string[] => (ids.length > 0 ? [t(key, { name: namesOf(ids, agents) })] : [])
  const lines = [
    ...said('since.answered', answeredBy),
    ...said('since.waits', scheduledBy),
    ...said('since.noted', notedBy),
    ...(customerWrote ? [t('since.customer')] : []),
    ...said('collision', writingIds),
  ]
  return (
    <div role="status" className={lines.length > 0 ? 'q-mailer-collision' : 'sr-only'}>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  )
}
