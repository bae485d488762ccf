import { dismissMessage, type MessageEntry } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { ProblemDetail } from '../../../shared/problem-detail.tsx'
import { When } from '../../../shared/when.tsx'
import { deliveryWords, problemKey } from '../delivery-words.ts'
import { inboxWords } from '../words.ts'
import { MissedLine } from './missed-line.tsx'
import { Remedy, useRemedy, useResend } from './remedy.tsx'
import { RetryingLine } from './retrying-line.tsx'
import type { Delivery } from './rows.ts'

/** How far a message has come, and what can be done about one that had trouble. */
export function DeliveryLine({ entry, delivery }: { entry: MessageEntry; delivery: Delivery }) {
  const t = useWords(inboxWords)
  const words = useWords(deliveryWords)
  const outgoing = entry.revision?.outgoing
  if (outgoing && delivery === 'retrying') return <RetryingLine entry={entry} outgoing={outgoing} />
  // Some have it: to send it again to all would be to send it twice.
  if (outgoing?.recipients?.length) return <MissedLine entry={entry} outgoing={outgoing} />
  if (delivery === 'queued') return <span className="q-delivery is-queued">{words('queued')}</span>
  if (delivery === 'delayed' || delivery === 'retrying') {
    const { since, problem } = outgoing ?? {}
    return (
      <span className="q-delivery is-delayed">
        {words('delayed')}
        {problem ? ` · ${words(problemKey(problem.code))}` : ''}
        {since ? (
          <span>
            {words('retrying.since')} <When at={since} />
          </span>
        ) : null}
        <ProblemDetail problem={problem} />
      </span>
    )
  }
  if (delivery !== 'failed' && delivery !== 'unknown') {
    return <span className={`q-delivery is-${delivery}`}>{t(`message.${delivery}`)}</span>
  }
  const problem = outgoing?.problem
  const why = problem ? ` · ${words(problemKey(problem.code))}` : ''
  return (
    <span className={`q-delivery is-${delivery}`}>
      {words(delivery)}
      {why}
      {outgoing?.dismissed ? ` · ${words('dismissed')}` : <Remedies entry={entry} unsure={delivery === 'unknown'} />}
      <ProblemDetail problem={problem} />
    </span>
  )
}

/** The channel did not change the message, or did not take it back. */
export function UnreachedLine({ entry }: { entry: MessageEntry }) {
  const words = useWords(deliveryWords)
  const unreached = entry.revision?.unreached
  if (!unreached) return null
  const { change, problem } = unreached
  return (
    <span className="q-delivery is-failed">
      {words(`unreached.${change}`)} · {words(problemKey(problem.code))}
      <ProblemDetail problem={problem} />
    </span>
  )
}

function Remedies({ entry, unsure }: { entry: MessageEntry; unsure: boolean }) {
  const words = useWords(deliveryWords)
  const act = useRemedy(entry)
  const resend = useResend(entry, unsure)
  return (
    <>
      <Remedy words={words('resend')} onPress={resend} />
      <Remedy words={words('dismiss')} onPress={() => act(dismissMessage)} />
    </>
  )
}
