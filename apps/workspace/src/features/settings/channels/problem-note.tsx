import type { DeliveryProblem } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { problemKey, problemWords } from './problem-words.ts'

/** What went wrong and what to do; below it, for those who look closer, the provider's own words. */
export function ProblemNote({ problem }: { problem: DeliveryProblem }) {
  const t = useWords(problemWords)
  const said = [problem.providerCode, problem.detail].filter(Boolean).join(' · ')
  return (
    <>
      <span>{t(problemKey(problem.code))}</span>
      {said ? <span className="st-said">{t('said', { said })}</span> : null}
    </>
  )
}
