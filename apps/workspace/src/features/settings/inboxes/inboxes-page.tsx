import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { inboxesQuery, useStaffNames } from '../../../shared/staff.ts'
import { calendarsQuery } from '../hours/calendars-query.ts'
import { Load } from '../parts/load.tsx'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { words as settingsWords } from '../words.ts'
import { NewInbox } from './new-inbox.tsx'
import { words } from './words.ts'

export function InboxesPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('inboxes.manage')
  const inboxes = useQuery(inboxesQuery)
  const calendars = useQuery(calendarsQuery)
  const { teams } = useStaffNames()
  const [adding, setAdding] = useState(false)
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  const hours = (id: string | null): string =>
    calendars.data?.find((calendar) => calendar.id === id)?.name ?? t('always')
  return (
    <PageFrame title={s('page.inboxes')} intro={t('intro')} actions={manage ? add : null} wide>
      {manage ? null : <ReadOnlyNote />}
      <Load query={inboxes}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} hint={manage ? t('emptyText') : ''} />
          ) : (
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('name')}</th>
                    <th>{t('teams')}</th>
                    <th>{t('hours')}</th>
                    <th>{t('state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((inbox) => (
                    <tr key={inbox.id}>
                      <td>
                        <Link to={`/settings/inboxes/${inbox.id}`}>
                          <span
                            aria-hidden="true"
                            className="st-dot"
                            style={{ background: inbox.settings.look.colour }}
                          />
                          {inbox.name}
                        </Link>
                        <div className="q-quiet">{inbox.channel === 'web' ? t('channel.web') : inbox.channel}</div>
                      </td>
                      <td>
                        {inbox.teamIds.flatMap((id) => teams.get(id)?.name ?? []).join('、') || (
                          <span className="q-state-warn">{t('noTeams')}</span>
                        )}
                      </td>
                      <td>{inbox.calendarId ? hours(inbox.calendarId) : t('always')}</td>
                      <td>
                        {inbox.pausedAt ? (
                          <span className="q-state-warn">{t('state.paused')}</span>
                        ) : (
                          <span className="q-state-good">{t('state.on')}</span>
                        )}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
      {adding ? <NewInbox onClose={() => setAdding(false)} /> : null}
    </PageFrame>
  )
}
