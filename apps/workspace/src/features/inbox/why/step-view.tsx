import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { joined } from '../../../shared/names.ts'
import { codeName, policyName, useReason } from '../../../shared/routing/names.ts'
import { stopwatch } from '../../../shared/routing/seconds.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { sharedWords } from '../../../shared/words.ts'
import { workWords } from '../work-words.ts'
import { CandidateList } from './candidate-list.tsx'
import type { Step } from './history.ts'

export function StepView({ step }: { step: Step }) {
  return (
    <li className={`q-step is-${step.type}`}>
      <time title={exactTime(step.at)}>{clockTime(step.at)}</time>
      {step.type === 'decision' ? <Decision decision={step.decision} /> : <Offered offer={step.offer} />}
    </li>
  )
}

const useAgentName = (): ((id: string) => string) => {
  const shared = useWords(sharedWords)
  const { agents } = useStaffNames()
  return (id) => agents.get(id)?.name ?? shared('unknownAgent')
}

function Decision({ decision }: { decision: Extract<Step, { type: 'decision' }>['decision'] }) {
  const t = useWords(workWords)
  const nameOf = useAgentName()
  const why = [
    decision.preferred ? t('why.preferred') : policyName(decision.policy),
    decision.chosenBy === 'hook' ? t('why.chosenByHook') : '',
    decision.step > 0 ? t('why.atStep', { step: decision.step + 1 }) : '',
    t('why.score', { score: Math.round(decision.score * 10) / 10 }),
  ]
  return (
    <div>
      {t('why.chosen', { names: joined(decision.agentIds.map(nameOf)) })}
      <span className="q-why-quiet"> · {why.filter(Boolean).join(' · ')}</span>
      {decision.candidates.length > 0 ? (
        <details>
          <summary>
            {t('why.details')} ({decision.candidates.length})
          </summary>
          <CandidateList candidates={decision.candidates} />
        </details>
      ) : null}
    </div>
  )
}

function Offered({ offer }: { offer: Extract<Step, { type: 'offer' }>['offer'] }) {
  const t = useWords(workWords)
  const nameOf = useAgentName()
  const reason = useReason(offer.reasonId)
  const name = nameOf(offer.agentId)
  const time = offer.endedAt ? stopwatch(Date.parse(offer.endedAt) - Date.parse(offer.madeAt)) : ''
  const colon = currentLanguage() === 'en' ? ': ' : '：'
  return (
    <span className={`q-offer-outcome is-${offer.outcome ?? 'open'}`}>
      {t(`why.offer.${offer.outcome ?? 'open'}`, { name, time, reason: reason ? colon + codeName(reason) : '' })}
    </span>
  )
}
