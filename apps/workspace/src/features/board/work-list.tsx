import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { useWords } from '../../shared/i18n.ts'
import { Load } from '../../shared/load.tsx'
import { serverNow } from '../../shared/server-time.ts'
import { useOrganisation } from '../../shared/session.ts'
import { useNow } from '../../shared/time.ts'
import { dayStart } from '../../shared/day-start.ts'
import { type QueueRow, inOrder } from './queue-rows.ts'
import { type Counted, counted, workQuery } from './work-query.ts'
import { WorkItemRow } from './work-item-row.tsx'
import { words } from './words.ts'

interface Props {
  row: QueueRow
  what: Counted
  onWhat: (what: Counted) => void
}

const isCounted = (value: string): value is Counted => counted.some((one) => one === value)

/** What a number of a queue counts, one by one. */
export function WorkList({ row: { queue }, what, onWhat }: Props) {
  const t = useWords(words)
  const { timeZone } = useOrganisation()
  useNow()
  const query = useInfiniteQuery(workQuery(queue.id, what, dayStart(timeZone, serverNow())))
  const heads = [
    ...(what === 'waiting' ? [t('place')] : []),
    t('customer'),
    t('channel'),
    t('waited'),
    ...(what === 'waiting'
      ? [t('priority')]
      : [t('agent'), what === 'answered' || what === 'abandoned' ? t('outcome') : t('since')]),
  ]
  return (
    <section className="q-board-list" aria-label={t('listOf', { queue: queue.name })}>
      <Segmented
        size="small"
        value={what}
        options={counted.map((one) => ({ value: one, label: t(`list.${one}`) }))}
        onChange={(next) => {
          if (isCounted(next)) onWhat(next)
        }}
      />
      <Load query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className="q-quiet">{t(`empty.${what}`)}</p>
          ) : (
            <>
              <table className="q-board-work">
                <thead>
                  <tr>
                    {heads.map((head) => (
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
                  {(what === 'waiting' ? inOrder(items, queue, serverNow()) : items).map((item, index) => (
                    <WorkItemRow key={item.id} item={item} queue={queue} what={what} place={index + 1} />
                  ))}
                </tbody>
              </table>
              {query.hasNextPage ? (
                <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  {t('more')}
                </Button>
              ) : null}
            </>
          )
        }
      </Load>
    </section>
  )
}
