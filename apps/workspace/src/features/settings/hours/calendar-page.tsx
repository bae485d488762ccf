import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useCan, useOrganisation } from '../../../shared/session.ts'
import { Load } from '../../../shared/load.tsx'
import { CalendarEditor } from './calendar-editor.tsx'
import { calendarsQuery } from './calendars-query.ts'
import { weekPresets } from './week-grid.ts'
import { words } from './words.ts'

export function CalendarPage() {
  const t = useWords(words)
  const id = String(useParams({ strict: false }).calendarId ?? '')
  const calendars = useQuery(calendarsQuery)
  const zone = useOrganisation().timeZone
  const manage = useCan('settings.manage')
  const blank = {
    name: '',
    timeZone: zone,
    alwaysOpen: false,
    weekly: weekPresets.office,
    holidays: [],
    version: 0,
    changedAt: null,
    changedBy: null,
  }
  return (
    <Load query={calendars}>
      {(all) => {
        const calendar = all.find((one) => one.id === id)
        if (calendar) return <CalendarEditor key={id} id={id} saved={calendar} />
        if (id === 'new' && manage) return <CalendarEditor key="new" id={null} saved={blank} />
        const back = <Link to="/settings/hours">{t('back')}</Link>
        return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
      }}
    </Load>
  )
}
