import { type OutputOf, listAuditEvents } from '@qiao/protocol'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { When } from '../../../shared/when.tsx'
import { ListPage } from '../parts/list-page.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { useActionName, useTargetName } from './action-words.ts'
import { words } from './words.ts'

type AuditEvent = OutputOf<typeof listAuditEvents>['items'][number]

/** What was done to something deleted, or to something without a page, is told apart by the name in its details. */
function nameIn(details: unknown): string | null {
  if (typeof details !== 'object' || details === null) return null
  const named = 'name' in details ? details.name : 'email' in details ? details.email : null
  return typeof named === 'string' && named !== '' ? named : null
}

const documentOf = ({ action, targetType, targetId, details }: AuditEvent): string =>
  JSON.stringify({ action, target: targetType, id: targetId, details }, null, 2)

export function AuditPage() {
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
    select: ({ pages }) => pages.flatMap((page) => page.items),
    // Other pages add to the log: it is never shown from memory.
    staleTime: 0,
  })
  const who = (id: string | null): string =>
    id === null ? t('system') : (names.agents.get(id)?.name ?? t('formerAgent'))
  const target = (event: AuditEvent): string => {
    const id = event.targetId ?? ''
    const known = names.agents.get(id) ?? names.teams.get(id) ?? names.inboxes.get(id)
    return known?.name ?? nameIn(event.details) ?? targetName(event.targetType)
  }
  return (
    <ListPage
      page="audit"
      intro={t('intro')}
      query={log}
      empty={{ title: t('empty') }}
      columns={[
        { title: t('time'), render: (event) => <When at={event.at} /> },
        { title: t('who'), render: (event) => who(event.agentId) },
        { title: t('action'), render: (event) => actionName(event.action) },
        { title: t('target'), render: target },
        { title: t('address'), render: (event) => <span className="q-quiet q-nowrap">{event.ipAddress}</span> },
        {
          title: t('details'),
          actions: true,
          render: (event) => (
            <Button size="small" type="text" aria-label={t('showDetails')} onClick={() => setShown(event)}>
              {t('details')}
            </Button>
          ),
        },
      ]}
    >
      <SidePanel title={shown ? actionName(shown.action) : ''} open={shown !== null} onClose={() => setShown(null)}>
        {shown ? <CopyBox text={documentOf(shown)} label={t('details')} /> : null}
      </SidePanel>
    </ListPage>
  )
}
