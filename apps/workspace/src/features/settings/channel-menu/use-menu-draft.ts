import {
  type AccountMenu,
  type DeliveryProblem,
  type EditVersion,
  type InboxMenu,
  menuFaults,
  readMenu,
  removeMenu,
  saveMenu,
} from '@qiao/protocol'
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words } from '../words.ts'
import { emptyMenu } from './menu-draft.ts'

/** The provider is asked each time the section is opened; nobody else tells of changes. */
const menuQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['inboxes', inboxId, 'menu'],
    queryFn: ({ signal }) => call(readMenu, { params: { id: inboxId } }, { signal }),
    gcTime: 0,
  })

/** Who changed it, the provider does not say. */
const somebody: EditVersion = { version: 0, changedAt: null, changedBy: null }

/** The menu as it is being edited; it lasts while other sections of the same inbox are looked at. */
export function useMenuDraft(inboxId: string, looked: boolean) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [edited, setEdited] = useState<{ draft: AccountMenu; from: string } | null>(null)
  const [saving, setSaving] = useState(false)
  const [tried, setTried] = useState(false)
  const [refused, setRefused] = useState<DeliveryProblem | null>(null)
  const query = useQuery({ ...menuQuery(inboxId), enabled: looked })
  const saved = query.data
  const draft = edited?.draft ?? saved?.menu ?? emptyMenu
  // No entries at all is no menu, and nothing is wrong with that.
  const faults = saved && draft.entries.length > 0 ? menuFaults(draft, saved) : []

  const put = (fresh: InboxMenu): void => {
    client.setQueryData(menuQuery(inboxId).queryKey, { ...fresh, problem: null })
    setRefused(fresh.problem)
    if (fresh.problem) return
    setEdited(null)
    setTried(false)
    feedback.done(t('saved'))
  }
  const send = async (revision: string): Promise<void> => {
    setSaving(true)
    try {
      const params = { id: inboxId }
      put(
        draft.entries.length === 0
          ? await call(removeMenu, { params, query: { revision } })
          : await call(saveMenu, { params, body: { menu: draft, revision } }),
      )
    } catch (error) {
      if (hasCode(error, 'changed-meanwhile')) await query.refetch()
      else feedback.failed(error)
    } finally {
      setSaving(false)
    }
  }
  return {
    query,
    draft,
    faults,
    tried,
    refused,
    saving,
    dirty: edited !== null,
    theirs: edited && saved && edited.from !== saved.revision ? somebody : null,
    change: (menu: AccountMenu) => {
      setRefused(null)
      setEdited({ draft: menu, from: edited?.from ?? saved?.revision ?? '' })
    },
    /** What has come meanwhile is known by now: it is what this replaces. */
    save: async (): Promise<void> => {
      setTried(true)
      if (saved && faults.length === 0) await send(saved.revision)
    },
    discard: () => {
      setEdited(null)
      setTried(false)
      setRefused(null)
    },
  }
}
export type MenuEditor = ReturnType<typeof useMenuDraft>
