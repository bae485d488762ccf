import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxesQuery } from '../../../shared/staff.ts'
import { Load } from '../../../shared/load.tsx'
import { sections } from './draft.ts'
import { InboxEditor } from './inbox-editor.tsx'
import { words } from './words.ts'
import './inbox-editor.css'

export function InboxEditorPage() {
  const t = useWords(words)
  const { inboxId, section } = useParams({ strict: false })
  const inboxes = useQuery(inboxesQuery)
  return (
    <Load query={inboxes}>
      {(all) => {
        const inbox = all.find((one) => one.id === inboxId)
        const shown = sections.find((one) => one === section) ?? 'general'
        if (inbox) return <InboxEditor key={inbox.id} inbox={inbox} section={shown} />
        const back = <Link to="/settings/inboxes">{t('back')}</Link>
        return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
      }}
    </Load>
  )
}
