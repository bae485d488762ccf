import type { DeliveryProblem } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { ProblemNote } from '../channels/problem-note.tsx'
import { statusWords } from './status-words.ts'

export function LetterReason({ letter }: { letter: { reason: string | null; problem: DeliveryProblem | null } }) {
  const t = useWords(statusWords)
  if (letter.problem) return <ProblemNote problem={letter.problem} />
  return letter.reason ?? <span className="q-quiet">{t('noReason')}</span>
}
