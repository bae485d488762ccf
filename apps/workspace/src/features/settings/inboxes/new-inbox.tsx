import { createInbox } from '@qiao/protocol'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../shared/api.ts'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { type First, FirstSettings } from '../parts/first-settings.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words } from './words.ts'

export function NewInbox({ onClose }: { onClose: () => void }) {
  const t = useWords(words)
  const refresh = useRefreshStaff()
  const navigate = useNavigate()
  const create = async (first: First): Promise<void> => {
    const { id } = await call(createInbox, { body: { ...first, settings: { defaultLocale: currentLanguage() } } })
    await refresh()
    await navigate({ href: `/settings/inboxes/${id}` })
  }
  return <FirstSettings t={t} create={create} onClose={onClose} />
}
