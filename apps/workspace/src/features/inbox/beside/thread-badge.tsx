import type { ConversationItem } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { threadWords } from '../thread-words.ts'
import './thread-badge.css'

/** That others read along: a group, or everybody. Nothing in a chat with one customer alone. */
export function ThreadBadge({ thread }: Pick<ConversationItem, 'thread'>) {
  const t = useWords(threadWords)
  if (!thread) return null
  const { kind, title } = thread
  const named = title === null ? t(kind) : t(`${kind}.named`, { title })
  return (
    <span className={`q-thread-badge is-${kind}`} title={`${named} · ${t(`${kind}.tip`)}`}>
      {t(kind)}
    </span>
  )
}
