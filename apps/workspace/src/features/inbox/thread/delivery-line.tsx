import { dismissMessage, type MessageEntry, resendMessage } from '@qiao/protocol'
import { App } from 'antd'
import { call } from '../../../shared/api.ts'
import { newClientKey } from '../../../shared/client-key.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { deliveryWords, problemKey } from '../delivery-words.ts'
import { inboxWords } from '../words.ts'
import type { Delivery } from './rows.ts'

type Outgoing = NonNullable<NonNullable<MessageEntry['revision']>['outgoing']>

/** How far a message has come, and what can be done about one that had trouble. */
export function DeliveryLine({ entry, delivery }: { entry: MessageEntry; delivery: Delivery }) {
  const t = useWords(inboxWords)
  const words = useWords(deliveryWords)
  if (delivery === 'queued') return <span className="q-delivery is-queued">{words('queued')}</span>
  if (delivery !== 'failed' && delivery !== 'unknown') {
    return <span className={`q-delivery is-${delivery}`}>{t(`message.${delivery}`)}</span>
  }
  const outgoing = entry.revision?.outgoing
  const problem = outgoing?.problem
  // Some have it: to send it again would be to send it twice.
  if (outgoing?.recipients?.length) return <Missed recipients={outgoing.recipients} />
  const why = problem ? ` · ${words(problemKey(problem.code))}` : ''
  return (
    <span
      className={`q-delivery is-${delivery}`}
      title={[problem?.providerCode, problem?.detail].filter(Boolean).join(' ')}
    >
      {words(delivery)}
      {why}
      {outgoing?.dismissed ? ` · ${words('dismissed')}` : <Remedies entry={entry} unsure={delivery === 'unknown'} />}
    </span>
  )
}

/** Of several who were written to, those who do not have it. */
function Missed({ recipients }: { recipients: NonNullable<Outgoing['recipients']> }) {
  const words = useWords(deliveryWords)
  return (
    <span className="q-delivery is-failed">
      {recipients.map(({ address, problem }) => (
        <span key={address} title={[problem.providerCode, problem.detail].filter(Boolean).join(' ')}>
          {words('missed', { address, why: words(problemKey(problem.code)) })}{' '}
        </span>
      ))}
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
    <span className="q-delivery is-failed" title={[problem.providerCode, problem.detail].filter(Boolean).join(' ')}>
      {words(`unreached.${change}`)} · {words(problemKey(problem.code))}
    </span>
  )
}

function Remedies({ entry, unsure }: { entry: MessageEntry; unsure: boolean }) {
  const words = useWords(deliveryWords)
  const { modal, message } = App.useApp()
  const act = async (endpoint: typeof resendMessage | typeof dismissMessage): Promise<void> => {
    try {
      await call(endpoint, {
        params: { id: entry.conversationId },
        body: { clientKey: newClientKey(), targetId: entry.id },
      })
    } catch (error) {
      void message.error(explain(error))
    }
  }
  const resend = (): void => {
    if (!unsure) return void act(resendMessage)
    // The one case in which a customer could read the same words twice: a person decides, knowing it.
    void modal.confirm({ title: words('resendAsk'), okText: words('resend'), onOk: () => act(resendMessage) })
  }
  return (
    <>
      <button type="button" className="q-remedy" onClick={resend}>
        {words('resend')}
      </button>
      <button type="button" className="q-remedy" onClick={() => void act(dismissMessage)}>
        {words('dismiss')}
      </button>
    </>
  )
}
