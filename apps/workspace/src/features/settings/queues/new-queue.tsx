import { createQueue, queueSettings } from '@qiao/protocol'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { type First, FirstSettings } from '../parts/first-settings.tsx'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words } from './words.ts'

export function NewQueue({ onClose }: { onClose: () => void }) {
  const t = useWords(words)
  const refresh = useRefreshRouting()
  const navigate = useNavigate()
  const create = async ({ name, teamIds, calendarId }: First): Promise<void> => {
    const groups = teamIds.length > 0 ? [{ teamIds, agentIds: [], afterSeconds: 0 }] : []
    const settings = { ...queueSettings.parse({}), groups }
    const { id } = await call(createQueue, { body: { name, calendarId, settings } })
    await refresh()
    await navigate({ href: `/settings/queues/${id}` })
  }
  return <FirstSettings t={t} create={create} onClose={onClose} />
}
