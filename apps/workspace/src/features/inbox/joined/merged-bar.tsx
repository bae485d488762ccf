import { Button } from 'antd'
import { useWords } from '../../../shared/i18n.ts'
import type { ConversationActions } from '../actions/use-conversation-actions.ts'
import { joinedWords } from './words.ts'

interface MergedBarProps {
  intoId: string
  actions: ConversationActions
  onOpen: (id: string) => void
}

/** In place of where one would write. */
export function MergedBar({ intoId, actions, onOpen }: MergedBarProps) {
  const t = useWords(joinedWords)
  return (
    <div className="q-bar">
      <span>{t('bar.merged')}</span>
      <Button size="small" type="link" onClick={() => onOpen(intoId)}>
        {t('bar.open')}
      </Button>
      <Button size="small" type="link" onClick={() => void actions.unmerge()}>
        {t('bar.undo')}
      </Button>
    </div>
  )
}
