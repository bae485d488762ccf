import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { EmptyState } from '../shared/empty-state.tsx'
import { explain } from '../shared/error-words.ts'
import { useWords } from '../shared/i18n.ts'
import { reloadIfNewer } from '../shared/new-version.ts'
import { PartMissing } from '../shared/part.ts'
import { sharedWords } from '../shared/words.ts'

export function ErrorPage({ error }: { error: unknown }) {
  const t = useWords(sharedWords)
  if (error instanceof PartMissing) return <PartMissingPage />
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

/** After a deployment the page goes on by itself; only a part that is missing without one is the agent's matter. */
function PartMissingPage() {
  const t = useWords(sharedWords)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    void reloadIfNewer().then((reloads) => setFailed(!reloads))
  }, [])
  return (
    <main style={{ height: '100%' }} aria-busy={!failed}>
      {failed ? (
        <EmptyState
          title={t('loadFailed')}
          hint={`${t('partMissing')} ${t('crashedHint')}`}
          action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
        />
      ) : (
        <EmptyState title={t('loading')} />
      )}
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
