import { type Queue, type QueueSettings, updateQueue } from '@qiao/protocol'
import { useMemo } from 'react'
import { call } from '../../../shared/api.ts'
import { useDraft } from '../parts/use-draft.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { useSave } from '../parts/use-save.ts'
import { draftOf, problemsOf } from './draft.ts'

/** The queue as it is being edited. Settings are saved as a whole, as the endpoint wants them. */
export function useQueueDraft(queue: Queue) {
  const refresh = useRefreshRouting()
  const edited = useDraft({ saved: queue, draftOf })
  const { draft, change } = edited
  const problems = useMemo(() => problemsOf(draft), [draft])
  const save = useSave({
    save: () => call(updateQueue, { params: { id: queue.id }, body: { ...draft, version: queue.version } }),
    refresh,
    edited,
  })
  return {
    ...edited,
    problems,
    saving: save.isPending,
    save: save.mutate,
    changeSettings: (part: Partial<QueueSettings>) => change({ settings: { ...draft.settings, ...part } }),
  }
}
