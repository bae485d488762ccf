import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { EmptyState } from '../shared/empty-state.tsx'
import { explain } from '../shared/error-words.ts'
import { useWords } from '../shared/i18n.ts'
import { sharedWords } from '../shared/words.ts'

export function ErrorPage({ error }: { error: unknown }) {
  const t = useWords(sharedWords)
  return (
    <main style={{ height: '100%' }}>
      <EmptyState
        title={t('crashed')}
        hint={`${explain(error)} ${t('crashedHint')}`}
        action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
      />
    </main>
  )
}

export function NotFoundPage() {
  const t = useWords(sharedWords)
  return (
    <main style={{ height: '100%' }}>
      <EmptyState title={t('notFoundTitle')} action={<Link to="/">{t('backToInbox')}</Link>} />
    </main>
  )
}
