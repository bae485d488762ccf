import type { ConversationItem } from '@qiao/protocol'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { dateTime } from '../../../shared/time.ts'
import { previewText } from '../preview.ts'
import { inboxWords } from '../words.ts'

interface EarlierSectionProps {
  items: readonly ConversationItem[]
  onOpen: (id: string) => void
}

export const EarlierSection = memo(function EarlierSection({ items, onOpen }: EarlierSectionProps) {
  const t = useWords(inboxWords)
  if (items.length === 0) return <p className="q-choice-note">{t('panel.noEarlier')}</p>
  return (
    <ul className="q-earlier">
      {items.map(({ conversation }) => (
        <li key={conversation.id}>
          {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- its label is the text inside */}
          <button type="button" className="q-choice is-action" onClick={() => onOpen(conversation.id)}>
            <span className="q-choice-name">
              <span className="q-choice-note">
                #{conversation.number} · {dateTime(conversation.createdAt)} · {t(`state.${conversation.state}`)}
              </span>
              <span className="q-earlier-text">
                {conversation.lastMessage ? previewText(conversation.lastMessage, t) : t('list.noMessage')}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
})
