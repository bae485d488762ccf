import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

/** To the conversation. A link, so that it can be opened beside the board too. */
export function OpenLink({ conversationId, customer }: { conversationId: string; customer: string }) {
  const t = useWords(words)
  const navigate = useNavigate()
  const href = `/inbox/all/${conversationId}`
  return (
    <Button
      size="small"
      href={href}
      aria-label={t('openOf', { customer })}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        void navigate({ href })
      }}
    >
      {t('open')}
    </Button>
  )
}
