import { type Inbox, type InboxSettings, updateInbox } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words } from '../words.ts'
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
  const t = useWords(words)
  const feedback = useFeedback()
  const refresh = useRefreshStaff()
  const edited = useDraft({ saved: inbox, draftOf })
  const { draft, change } = edited
  const clean = useMemo(() => cleaned(draft), [draft])
  const problems = useMemo(() => problemsOf(clean), [clean])
  const save = useMutation({
    mutationFn: (version: number) => call(updateInbox, { params: { id: inbox.id }, body: { ...clean, version } }),
    onSuccess: async () => {
      await refresh()
      edited.saved()
      feedback.done(t('saved'))
    },
    onError: async (error) => {
      if (hasCode(error, 'changed-meanwhile')) await refresh()
      else feedback.failed(error)
    },
  })
  return {
    ...edited,
    clean,
    problems,
    saving: save.isPending,
    /** Over what is saved now, also over what somebody else saved meanwhile: that was shown before. */
    save: () => save.mutate(inbox.version),
    changeSettings: (part: Partial<InboxSettings>) => change({ settings: { ...draft.settings, ...part } }),
  }
}
