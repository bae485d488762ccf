import type { SenderChecks } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { mailWords } from './words.ts'

const methods = ['spf', 'dkim', 'dmarc'] as const

/** What each check of the sending domain found, for those who look closer. */
export function CheckResults({ checks = {} }: { checks?: SenderChecks | undefined }) {
  const t = useWords(mailWords)
  const made = methods.flatMap((method) => {
    const check = checks[method]
    return check ? [{ method, ...check }] : []
  })
  if (made.length === 0) return null
  return (
    <ul className="q-mail-checks">
      {made.map(({ method, result, domain }) => (
        <li key={method}>
          {method.toUpperCase()}
          {': '}
          {t(`check.${result}`)}
          {domain ? ` (${domain})` : ''}
        </li>
      ))}
    </ul>
  )
}
