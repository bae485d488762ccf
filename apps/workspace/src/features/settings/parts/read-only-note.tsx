import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'

export function ReadOnlyNote() {
  const t = useWords(words)
  return <p className="q-note">{t('readOnly')}</p>
}
