import { useWords } from '../../../shared/i18n.ts'
import { groupDays } from './time-of-day.ts'
import type { Week } from './week-grid.ts'
import { words } from './words.ts'

export const dayKeys = ['day.0', 'day.1', 'day.2', 'day.3', 'day.4', 'day.5', 'day.6'] as const

/** "Monday to Friday 09:00–18:00", a line for each run of equal days; closed days are left out. */
export function WeekSummary({ week }: { week: Week }) {
  const t = useWords(words)
  const name = (day: number): string => t(dayKeys[day] ?? 'day.0')
  const groups = groupDays(week).filter((group) => group.hours)
  if (groups.length === 0) return <span className="q-quiet">{t('closedDay')}</span>
  return groups.map((group) => (
    <div key={group.first}>
      {group.first === group.last
        ? name(group.first)
        : t('range', { first: name(group.first), last: name(group.last) })}{' '}
      {group.hours}
    </div>
  ))
}
