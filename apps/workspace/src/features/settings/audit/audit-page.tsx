import { type OutputOf, listAuditEvents } from '@qiao/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, Skeleton } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { ErrorState } from '../../../shared/error-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useStaffNames } from '../../../shared/staff.ts'
import { When } from '../../../shared/when.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { useActionName, useTargetName } from './action-words.ts'
import { words } from './words.ts'

type AuditEvent = OutputOf<typeof listAuditEvents>['items'][number]

/** What was done to something deleted, or to something without a page, is told apart by the name in its details. */
function nameIn(details: unknown): string | null {
  if (typeof details !== 'object' || details === null) return null
  const named = 'name' in details ? details.name : 'email' in details ? details.email : null
  return typeof named === 'string' && named !== '' ? named : null
}

export function AuditPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const names = useStaffNames()
  const actionName = useActionName()
  const targetName = useTargetName()
  const [shown, setShown] = useState<AuditEvent | null>(null)
  const log = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) =>
      call(listAuditEvents, { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // Other pages add to the log: it is never shown from memory.
    staleTime: 0,
  })
  const events = log.data?.pages.flatMap((page) => page.items) ?? []
  const who = (id: string | null): string =>
    id === null ? t('system') : (names.agents.get(id)?.name ?? t('formerAgent'))
  const target = (event: AuditEvent): string => {
    const id = event.targetId ?? ''
    const known = names.agents.get(id) ?? names.teams.get(id) ?? names.inboxes.get(id)
    return known?.name ?? nameIn(event.details) ?? targetName(event.targetType)
  }
  return (
    <PageFrame title={s('page.audit')} intro={t('intro')} wide>
      {log.isPending ? <Skeleton active title={false} paragraph={{ rows: 8 }} /> : null}
      {log.isError && !log.data ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data && events.length === 0 ? <EmptyState title={t('empty')} /> : null}
      {events.length > 0 ? (
        <div className="q-table-scroll">
          <table className="q-table">
            <thead>
              <tr>
                <th>{t('time')}</th>
                <th>{t('who')}</th>
                <th>{t('action')}</th>
                <th>{t('target')}</th>
                <th>{t('address')}</th>
                <th className="q-table-end">
                  <span className="sr-only">{t('details')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <tr key={event.id}>
                  <td>
                    <When at={event.at} />
                  </td>
                  <td>{who(event.agentId)}</td>
                  <td>{actionName(event.action)}</td>
                  <td>{target(event)}</td>
                  <td className="q-quiet q-nowrap">{event.ipAddress}</td>
                  <td className="q-table-end">
                    <Button size="small" type="text" aria-label={t('showDetails')} onClick={() => setShown(event)}>
                      {t('details')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {log.hasNextPage ? (
        <Button
          style={{ marginBlockStart: 12 }}
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {s('more')}
        </Button>
      ) : null}
      <SidePanel title={shown ? actionName(shown.action) : ''} open={shown !== null} onClose={() => setShown(null)}>
        <CopyBox
          text={JSON.stringify(
            { action: shown?.action, target: shown?.targetType, id: shown?.targetId, details: shown?.details },
            null,
            2,
          )}
          label={t('details')}
        />
      </SidePanel>
    </PageFrame>
  )
}
