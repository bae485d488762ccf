import { useWords } from '../../../shared/i18n.ts'
import { mailWords } from './words.ts'

/** In a list, before the latest words: letters are known by what they are about. */
export function MailSubject({ subject }: { subject: string }) {
  const t = useWords(mailWords)
  return (
    <>
      <strong className="q-row-subject">{subject || t('bar.none')}</strong>{' '}
    </>
  )
}
