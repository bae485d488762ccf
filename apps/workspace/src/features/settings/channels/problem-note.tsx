import type { DeliveryProblem } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { problemKey, problemWords } from './problem-words.ts'

/** What went wrong and what to do; below it, for those who look closer, the provider's own words. */
export function ProblemNote({ problem }: { problem: DeliveryProblem }) {
  const t = useWords(problemWords)
  const { providerCode: code = '', detail } = problem
  const said = detail ? t('said', { said: [detail, code].filter(Boolean).join(' · ') }) : t('code', { code })
  return (
    <>
      <span>{t(problemKey(problem.code))}</span>
      {detail || code ? <span className="st-said">{said}</span> : null}
    </>
  )
}
