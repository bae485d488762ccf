import { type Inbox, type InboxSettings, updateInbox } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
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
  const [changed, setChanged] = useState<Draft | null>(null)
  const draft = changed ?? draftOf(inbox)
  const clean = useMemo(() => cleaned(draft), [draft])
  const problems = useMemo(() => problemsOf(clean), [clean])
  const save = useMutation({
    mutationFn: () => call(updateInbox, { params: { id: inbox.id }, body: clean }),
    onSuccess: async () => {
      await refresh()
      setChanged(null)
      feedback.done(t('saved'))
    },
    onError: feedback.failed,
  })
  const change = (part: Partial<Draft>): void => setChanged({ ...draft, ...part })
  const changeSettings = (part: Partial<InboxSettings>): void => change({ settings: { ...draft.settings, ...part } })
  const discard = (): void => setChanged(null)
  return {
    draft,
    clean,
    problems,
    dirty: changed !== null,
    saving: save.isPending,
    save,
    change,
    changeSettings,
    discard,
  }
}
