import { useWords } from '../../../shared/i18n.ts'
import { codeName } from '../../../shared/routing/names.ts'
import { stopwatch, useSecond } from '../../../shared/routing/seconds.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { sharedWords } from '../../../shared/words.ts'
import { workWords } from '../work-words.ts'
import type { Stay } from './history.ts'
import { StepView } from './step-view.tsx'

const between = (from: string, until: string | null, now: number): string =>
  stopwatch((until ? Date.parse(until) : now) - Date.parse(from))

/** One stay in a queue: how long it waited, how it ended, who handled it and what came of it. */
export function StayView({ stay }: { stay: Stay }) {
  const t = useWords(workWords)
  const shared = useWords(sharedWords)
  const names = useStaffNames()
  const now = useSecond()
  const { item, steps } = stay
  const queue = item.queueId ? (names.queues.get(item.queueId)?.name ?? '') : t('why.noQueue')
  const time = between(item.enteredAt, item.leftQueueAt, now)
  const agent = item.agentId ? (names.agents.get(item.agentId)?.name ?? shared('unknownAgent')) : null
  const disposition = item.dispositionId ? names.dispositions.get(item.dispositionId) : undefined
  return (
    <li className="q-stay">
      <p className="q-stay-head">
        <strong>{item.leftQueueAt ? t('why.stay', { queue, time }) : t('why.stayWaits', { queue, time })}</strong>
        {item.queueOutcome ? <span>{t(`outcome.${item.queueOutcome}`)}</span> : null}
        <time title={exactTime(item.enteredAt)}>{clockTime(item.enteredAt)}</time>
      </p>
      {steps.length > 0 ? (
        <ol className="q-steps">
          {steps.map((step) => (
            <StepView key={`${step.type}/${step.type === 'offer' ? step.offer.id : step.decision.id}`} step={step} />
          ))}
        </ol>
      ) : null}
      {agent && item.acceptedAt ? (
        <p className="q-why-quiet">
          {t('why.heldBy', { name: agent, time: between(item.acceptedAt, item.wrappedAt ?? item.endedAt, now) })}
          {disposition ? ` · ${codeName(disposition)}` : ''}
        </p>
      ) : null}
    </li>
  )
}
