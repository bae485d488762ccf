import type { OutputOf, explainRouting } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { waitWords } from '../../../shared/routing/names.ts'
import { stopwatch, useSecond } from '../../../shared/routing/seconds.ts'
import { workWords } from '../work-words.ts'
import { CandidateList } from './candidate-list.tsx'

type Now = NonNullable<OutputOf<typeof explainRouting>['now']>

/** How it stands in the queue at this moment. */
export function WhyNow({ now }: { now: Now }) {
  const t = useWords(workWords)
  const second = useSecond()
  const untilLooser = now.stepUntil ? Date.parse(now.stepUntil) - second : null
  return (
    <section aria-label={t('why.now')} className="q-why-now">
      <h3>{t('why.now')}</h3>
      <p className="q-why-place">
        <strong>{now.position ? t('why.position', { position: now.position }) : t('why.placeUnknown')}</strong>
        {now.wait ? <span>{t('why.wait', { wait: waitWords(now.wait) })}</span> : null}
      </p>
      <p className="q-why-quiet">
        {t('why.step', { step: now.step + 1, steps: Math.max(now.steps, now.step + 1) })}
        {' · '}
        {untilLooser === null ? t('why.stepLast') : t('why.stepUntil', { time: stopwatch(untilLooser) })}
        {' · '}
        {t('why.score', { score: Math.round(now.score * 10) / 10 })}
      </p>
      <h4>{t('why.candidates')}</h4>
      <CandidateList candidates={now.candidates} />
    </section>
  )
}
