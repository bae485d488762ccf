import type { Queue, WorkItem } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { itemQuery } from '../../shared/conversations/queries.ts'
import { useChannelName } from '../../shared/channel-words.ts'
import { currentLanguage, useWords } from '../../shared/i18n.ts'
import { contactName } from '../../shared/names.ts'
import { useStaffNames } from '../../shared/staff.ts'
import { PriorityForm } from './priority-form.tsx'
import { OpenLink } from './open-link.tsx'
import { Timer, clock } from './timer.tsx'
import { useSupervision } from './use-supervision.ts'
import type { Counted } from './work-query.ts'
import { words } from './words.ts'

/** Who it is: the list of work knows conversations only. */
export function useCustomer(conversationId: string): string {
  const { data } = useQuery(itemQuery(conversationId))
  return data ? contactName(data.contact) : '…'
}

const languageName = (code: string | null): string | undefined =>
  code ? new Intl.DisplayNames(currentLanguage(), { type: 'language' }).of(code) : undefined

interface Props {
  item: WorkItem
  queue: Queue
  what: Counted
  place: number
}

export function WorkItemRow({ item, queue, what, place }: Props) {
  const t = useWords(words)
  const channelName = useChannelName()
  const { agents } = useStaffNames()
  const supervision = useSupervision()
  const customer = useCustomer(item.conversationId)
  const nameOf = (id: string | null): string => (id ? (agents.get(id)?.name ?? '') : '')
  const waiting = what === 'waiting'
  const over = what === 'answered' || what === 'abandoned'
  const waited = Date.parse(item.leftQueueAt ?? item.acceptedAt ?? item.enteredAt) - Date.parse(item.createdAt)
  return (
    <tr>
      {waiting ? <td className="q-tabular">{place}</td> : null}
      <td>
        <span className="q-board-title">{customer}</span>
        {item.preferredAgentId && waiting ? (
          <span className="q-board-tag">{t('reserved', { agent: nameOf(item.preferredAgentId) })}</span>
        ) : null}
        {waiting && item.state === 'offered' ? <span className="q-board-tag">{t('held.offered')}</span> : null}
        {item.silentSince ? <span className="q-board-tag">{t('silent')}</span> : null}
        {item.purpose === 'serve' ? null : <span className="q-board-tag">{t(`purpose.${item.purpose}`)}</span>}
      </td>
      <td className="q-quiet">
        {[channelName(item.channel), languageName(item.language)].filter(Boolean).join(' · ')}
      </td>
      <td>
        {waiting || what === 'offered' ? (
          <Timer since={item.createdAt} />
        ) : (
          <span className="q-tabular">{clock(waited)}</span>
        )}
      </td>
      {waiting ? (
        <td className="q-tabular">{item.priority}</td>
      ) : (
        <>
          <td>{nameOf(item.agentId)}</td>
          <td>
            {over ? (
              t(`outcome.${item.queueOutcome ?? 'answered'}`)
            ) : (
              <Timer since={item.wrappedAt ?? item.acceptedAt ?? item.enteredAt} />
            )}
          </td>
        </>
      )}
      <td className="is-end">
        <div className="q-board-acts">
          {waiting ? (
            <>
              <Button
                size="small"
                aria-label={t('frontOf', { customer })}
                disabled={place === 1}
                onClick={() => supervision.prioritise(item.id, { front: true })}
              >
                {t('front')}
              </Button>
              <PriorityForm item={item} customer={customer} perMinute={queue.settings.order.perMinute} />
            </>
          ) : null}
          {what === 'held' ? (
            <Button
              size="small"
              aria-label={t('takeOf', { customer })}
              onClick={() => supervision.takeOver(item.conversationId, customer, nameOf(item.agentId))}
            >
              {t('take')}
            </Button>
          ) : null}
          <OpenLink conversationId={item.conversationId} customer={customer} />
        </div>
      </td>
    </tr>
  )
}
