import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { words as settingsWords } from '../words.ts'
import { verifyExample } from './verify-example.ts'
import { words } from './words.ts'

export function SecretShown({ secret }: { secret: string }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  return (
    <>
      <p>
        {t('secretText')} {s('shownOnce')}
      </p>
      <CopyBox text={secret} label={t('secretTitle')} />
      <p className="q-quiet">{t('verify')}</p>
      <CopyBox text={verifyExample} label={t('verify')} />
    </>
  )
}
