import { createInbox } from '@qiao/protocol'
import { useNavigate } from '@tanstack/react-router'
import { call } from '../../../shared/api.ts'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { type First, FirstSettings } from '../parts/first-settings.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import type { Choice } from './choose-channel-page.tsx'
import { words } from './words.ts'

export function NewInbox({ choice, onClose }: { choice: Choice; onClose: () => void }) {
  const t = useWords(words)
  const refresh = useRefreshStaff()
  const navigate = useNavigate()
  const create = async (first: First): Promise<void> => {
    const body = { ...first, channel: choice.id, settings: { defaultLocale: currentLanguage() } }
    const { id } = await call(createInbox, { body })
    await refresh()
    await navigate({ href: choice.info ? `/settings/inboxes/${id}/connection` : `/settings/inboxes/${id}` })
  }
  return <FirstSettings t={(key) => t(key, { name: choice.name })} create={create} onClose={onClose} />
}
