import { dismissMessage, type MessageEntry, missedRecipients } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { ProblemDetail } from '../../../shared/problem-detail.tsx'
import { deliveryWords, problemKey } from '../delivery-words.ts'
import { type Outgoing, Remedy, useRemedy, useResend } from './remedy.tsx'

/** Of several who were written to, those who do not have it, and what can be done about it: never for those who have it. */
export function MissedLine({ entry, outgoing }: { entry: MessageEntry; outgoing: Outgoing }) {
  const words = useWords(deliveryWords)
  const { recipients = [], again = [], state, dismissed } = outgoing
  const shown = recipients.filter(({ address }) => state === 'unknown' || !again.includes(address))
  return (
    <span className="q-delivery is-failed">
      {shown.map(({ address, problem }) => (
        <span key={address}>
          {words('missed', { address, why: words(problemKey(problem.code)) })} <ProblemDetail problem={problem} />
        </span>
      ))}
      {again.length > 0 ? (
        <span>{words(state === 'unknown' ? 'again.unknown' : 'again', { to: again.join(words('strip.join')) })}</span>
      ) : null}
      {dismissed ? <span>{words('dismissed')}</span> : <Remedies entry={entry} outgoing={outgoing} />}
    </span>
  )
}

function Remedies({ entry, outgoing: { state, again } }: { entry: MessageEntry; outgoing: Outgoing }) {
  const words = useWords(deliveryWords)
  const act = useRemedy(entry)
  const resend = useResend(entry, state === 'unknown')
  if (again && state !== 'unknown') return null
  const left = missedRecipients(entry)
  return (
    <span>
      {left.length > 0 ? <Remedy words={words('resendTo', { count: left.length })} onPress={resend} /> : null}
      <Remedy words={words('dismiss')} onPress={() => act(dismissMessage)} />
    </span>
  )
}
