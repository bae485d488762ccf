import { Link, useSearch } from '@tanstack/react-router'
import { EntryPage } from '../../shared/entry-page.tsx'
import { useWords } from '../../shared/i18n.ts'
import { ChoosePassword } from './choose-password.tsx'
import { RequestLink } from './request-link.tsx'
import { words } from './words.ts'

/** One address for both halves: without a token it asks for a link, the link comes back with one. */
export function PasswordResetPage() {
  const t = useWords(words)
  const { token, error } = useSearch({ strict: false })
  if (error) {
    return (
      <EntryPage title={t('invalid')} intro={t('invalidText')}>
        <Link to="/reset-password" search={{}}>
          {t('requestAgain')}
        </Link>
      </EntryPage>
    )
  }
  return token ? <ChoosePassword token={String(token)} /> : <RequestLink />
}
