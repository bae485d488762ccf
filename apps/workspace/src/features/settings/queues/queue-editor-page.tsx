import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ApiError } from '../../../shared/api.ts'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Load } from '../../../shared/load.tsx'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { sections } from './draft.ts'
import { QueueEditor } from './queue-editor.tsx'
import { words } from './words.ts'
import './queues.css'

export function QueueEditorPage() {
  const t = useWords(words)
  const { queueId, section } = useParams({ strict: false })
  const settings = useQuery(routingSettingsQuery)
  return (
    <Load query={settings}>
      {({ queues }) => {
        const queue = queues.find((one) => one.id === queueId)
        const shown = sections.find((one) => one === section) ?? 'general'
        if (queue) return <QueueEditor key={queue.id} queue={queue} section={shown} />
        const back = <Link to="/settings/queues">{t('back')}</Link>
        return <EmptyState title={explain(new ApiError('not-found', 404))} action={back} />
      }}
    </Load>
  )
}
