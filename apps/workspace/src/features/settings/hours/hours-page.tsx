import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { Load } from '../parts/load.tsx'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { words as settingsWords } from '../words.ts'
import { calendarsQuery } from './calendars-query.ts'
import { OpenNow } from './open-now.tsx'
import { WeekSummary } from './week-summary.tsx'
import { words } from './words.ts'

export function HoursPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('settings.manage')
  const calendars = useQuery(calendarsQuery)
  const inboxes = useInboxes()
  const navigate = useNavigate()
  const add = (
    <Button type="primary" onClick={() => void navigate({ href: '/settings/hours/new' })}>
      {t('add')}
    </Button>
  )
  return (
    <PageFrame title={s('page.hours')} intro={t('intro')} actions={manage ? add : null} wide>
      {manage ? null : <ReadOnlyNote />}
      <Load query={calendars}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} />
          ) : (
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('name')}</th>
                    <th>{t('week')}</th>
                    <th>{t('now')}</th>
                    <th>{t('usedBy')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((calendar) => (
                    <tr key={calendar.id}>
                      <td>
                        <Link to={`/settings/hours/${calendar.id}`}>{calendar.name}</Link>
                        <div className="q-quiet">{calendar.timeZone}</div>
                      </td>
                      <td>{calendar.alwaysOpen ? t('alwaysShort') : <WeekSummary week={calendar.weekly} />}</td>
                      <td>
                        <OpenNow hours={calendar} />
                      </td>
                      <td>
                        {inboxes
                          .flatMap((inbox) => (inbox.calendarId === calendar.id ? inbox.name : []))
                          .join('、') || <span className="q-quiet">{t('usedByNone')}</span>}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
    </PageFrame>
  )
}
