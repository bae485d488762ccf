import { type Inbox, type InboxSettings, updateInbox } from '@qiao/protocol'
import { useMemo } from 'react'
import { call } from '../../../shared/api.ts'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { useSave } from '../parts/use-save.ts'
import { type Draft, draftOf, problemsOf } from './draft.ts'
import { cleanFields } from './form-fields.ts'

const cleaned = ({ settings, ...rest }: Draft): Draft => ({
  ...rest,
  settings: {
    ...settings,
    preChat: { ...settings.preChat, fields: cleanFields(settings.preChat.fields) },
    offline: { ...settings.offline, fields: cleanFields(settings.offline.fields) },
  },
})

/** The inbox as it is being edited. Settings are saved as a whole, as the endpoint wants them. */
export function useInboxDraft(inbox: Inbox) {
  const refresh = useRefreshStaff()
  const edited = useDraft({ saved: inbox, draftOf })
  const { draft, change } = edited
  const clean = useMemo(() => cleaned(draft), [draft])
  const problems = useMemo(() => problemsOf(clean), [clean])
  const save = useSave({
    save: () => call(updateInbox, { params: { id: inbox.id }, body: { ...clean, version: inbox.version } }),
    refresh,
    edited,
  })
  return {
    ...edited,
    clean,
    problems,
    saving: save.isPending,
    save: save.mutate,
    changeSettings: (part: Partial<InboxSettings>) => change({ settings: { ...draft.settings, ...part } }),
  }
}
