import { type Queue, type QueueSettings, updateQueue } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words } from '../words.ts'
import { draftOf, problemsOf } from './draft.ts'

/** The queue as it is being edited. Settings are saved as a whole, as the endpoint wants them. */
export function useQueueDraft(queue: Queue) {
  const t = useWords(words)
  const feedback = useFeedback()
  const refresh = useRefreshRouting()
  const edited = useDraft({ saved: queue, draftOf })
  const { draft, change } = edited
  const problems = useMemo(() => problemsOf(draft), [draft])
  const save = useMutation({
    mutationFn: (version: number) => call(updateQueue, { params: { id: queue.id }, body: { ...draft, version } }),
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
    problems,
    saving: save.isPending,
    /** Over what is saved now, also over what somebody else saved meanwhile: that was shown before. */
    save: () => save.mutate(queue.version),
    changeSettings: (part: Partial<QueueSettings>) => change({ settings: { ...draft.settings, ...part } }),
  }
}
