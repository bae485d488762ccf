import type { HeldWork } from '@qiao/protocol'
import { Button } from 'antd'
import { useChannelName } from '../../shared/channel-words.ts'
import { useWords } from '../../shared/i18n.ts'
import { useStaffNames } from '../../shared/staff.ts'
import type { AgentRow } from './agent-rows.ts'
import { OpenLink } from './open-link.tsx'
import { Timer } from './timer.tsx'
import { useSupervision } from './use-supervision.ts'
import { useCustomer } from './work-item-row.tsx'
import { words } from './words.ts'

/** What an agent has in hand, one by one. */
export function HeldList({ row: { agent, state } }: { row: AgentRow }) {
  const t = useWords(words)
  if (state.held.length === 0) return <p className="q-quiet q-board-list">{t('nothingHeld')}</p>
  return (
    <section className="q-board-list" aria-label={t('heldBy', { agent: agent.name })}>
      <table className="q-board-work">
        <thead>
          <tr>
            {[t('customer'), t('channel'), t('queue'), t('state'), t('since')].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {state.held.map((work) => (
            <HeldRow key={work.itemId} work={work} agentName={agent.name} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function HeldRow({ work, agentName }: { work: HeldWork; agentName: string }) {
  const t = useWords(words)
  const channelName = useChannelName()
  const { queues } = useStaffNames()
  const { takeOver } = useSupervision()
  const customer = useCustomer(work.conversationId)
  return (
    <tr>
      <td>
        <span className="q-board-title">{customer}</span>
        {work.silent ? <span className="q-board-tag">{t('silent')}</span> : null}
        {work.purpose === 'serve' ? null : <span className="q-board-tag">{t(`purpose.${work.purpose}`)}</span>}
      </td>
      <td className="q-quiet">{channelName(work.channel)}</td>
      <td className="q-quiet">{queues.get(work.queueId ?? '')?.name}</td>
      <td>{t(`held.${work.state}`)}</td>
      <td>
        <Timer since={work.since} />
      </td>
      <td className="is-end">
        <div className="q-board-acts">
          {work.state === 'held' && work.purpose === 'serve' ? (
            <Button
              size="small"
              aria-label={t('takeOf', { customer })}
              onClick={() => takeOver(work.conversationId, customer, agentName)}
            >
              {t('take')}
            </Button>
          ) : null}
          <OpenLink conversationId={work.conversationId} customer={customer} />
        </div>
      </td>
    </tr>
  )
}
