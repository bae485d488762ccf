import { type AgentProfile, updateAgentProfile } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { routingSettingsQuery } from '../../../shared/staff.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words } from '../words.ts'
import {
  type AgentChange,
  type Changes,
  afterSaving,
  changed,
  doubledNumbers,
  overWhateverIsSaved,
  withChange,
} from './changes.ts'

const none: Changes = new Map()

export function useSkillDraft(saved: readonly AgentProfile[]) {
  const t = useWords(words)
  const feedback = useFeedback()
  const client = useQueryClient()
  const refresh = useRefreshRouting()
  const [changes, setChanges] = useState(none)
  const profiles = saved.map((profile) => changed(profile, changes.get(profile.agentId)))
  /** At once, or the screen would show for a moment what was before. */
  const show = async (fresh: AgentProfile): Promise<void> => {
    const { queryKey } = routingSettingsQuery
    await client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, (held) => {
      const others = held?.agents.filter(({ agentId }) => agentId !== fresh.agentId) ?? []
      return held && { ...held, agents: [...others, fresh] }
    })
  }
  const save = useMutation({
    mutationFn: async () => {
      for (const { agentId, changedAt: _at, changedBy: _by, ...body } of profiles) {
        const sent = changes.get(agentId)
        if (!sent) continue
        const version = sent.from ?? body.version
        const fresh = await call(updateAgentProfile, { params: { id: agentId }, body: { ...body, version } })
        await show(fresh)
        // Saved is saved, even if the next one is refused.
        setChanges((left) => afterSaving(left, sent, fresh))
      }
    },
    onSuccess: () => feedback.done(t('saved')),
    onError: async (error) => {
      if (hasCode(error, 'changed-meanwhile')) {
        await refresh()
        // Whoever saves once more has been told.
        setChanges(overWhateverIsSaved)
      }
      feedback.failed(error)
    },
    onSettled: () => void refresh(),
  })
  return {
    profiles,
    changes,
    doubled: doubledNumbers(profiles),
    saving: save.isPending,
    save: () => save.mutate(),
    change: (agentId: string, part: AgentChange) => {
      const version = saved.find((profile) => profile.agentId === agentId)?.version ?? 1
      setChanges((before) => withChange(before, { agentId, version }, part))
    },
    discard: () => setChanges(none),
  }
}
