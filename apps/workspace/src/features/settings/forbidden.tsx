import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../shared/empty-state.tsx'
import { currentLanguage, useWords } from '../../shared/i18n.ts'
import { useAgents } from '../../shared/staff.ts'
import type { PageKey } from './pages.ts'
import { words } from './words.ts'

/** A link to a page that the role does not open says so, and names who can help. */
export function Forbidden({ page }: { page: PageKey }) {
  const t = useWords(words)
  const admins = useAgents().filter((agent) => agent.role === 'admin' && !agent.disabledAt)
  const names = new Intl.ListFormat(currentLanguage(), { type: 'disjunction' }).format(
    admins.slice(0, 3).map((agent) => agent.name),
  )
  const name = t(`page.${page}`)
  return (
    <main>
      <EmptyState
        title={t('forbiddenTitle')}
        hint={names ? t('forbiddenText', { page: name, admins: names }) : t('forbiddenTextNobody', { page: name })}
        action={<Link to="/settings/profile">{t('profile')}</Link>}
      />
    </main>
  )
}
