import { type AgentProfile, updateAgentProfile } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words } from '../words.ts'
import { type AgentChange, type Changes, changed, doubledNumbers, withChange } from './changes.ts'

const none: Changes = new Map()

export function useSkillDraft(saved: readonly AgentProfile[]) {
  const t = useWords(words)
  const feedback = useFeedback()
  const refresh = useRefreshRouting()
  const [changes, setChanges] = useState(none)
  const profiles = saved.map((profile) => changed(profile, changes.get(profile.agentId)))
  const save = useMutation({
    mutationFn: async () => {
      for (const { agentId, ...body } of profiles) {
        if (!changes.has(agentId)) continue
        await call(updateAgentProfile, { params: { id: agentId }, body })
        // Saved is saved, even if the next one is refused.
        setChanges((left) => new Map([...left].filter(([id]) => id !== agentId)))
      }
    },
    onSuccess: () => feedback.done(t('saved')),
    onError: feedback.failed,
    onSettled: refresh,
  })
  return {
    profiles,
    changes,
    doubled: doubledNumbers(profiles),
    saving: save.isPending,
    save: () => save.mutate(),
    change: (agentId: string, part: AgentChange) => setChanges((before) => withChange(before, agentId, part)),
    discard: () => setChanges(none),
  }
}
