import { type AgentProfile, updateAgentProfile } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call, hasCode } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { useRefreshRouting } from '../parts/use-refresh-routing.ts'
import { words } from '../words.ts'
import { type AgentChange, type Changes, changed, doubledNumbers, withChange } from './changes.ts'

const none: Changes = new Map()
const without = <Item>(items: ReadonlyMap<string, Item>, id: string): ReadonlyMap<string, Item> =>
  new Map([...items].filter(([key]) => key !== id))

export function useSkillDraft(saved: readonly AgentProfile[]) {
  const t = useWords(words)
  const feedback = useFeedback()
  const refresh = useRefreshRouting()
  const [changes, setChanges] = useState(none)
  /** The versions that the changes started from: somebody else may save while they are made. */
  const [bases, setBases] = useState<ReadonlyMap<string, number>>(new Map())
  const profiles = saved.map((profile) => changed(profile, changes.get(profile.agentId)))
  const save = useMutation({
    mutationFn: async () => {
      for (const { agentId, changedAt: _at, changedBy: _by, ...body } of profiles) {
        if (!changes.has(agentId)) continue
        const version = bases.get(agentId) ?? body.version
        await call(updateAgentProfile, { params: { id: agentId }, body: { ...body, version } })
        // Saved is saved, even if the next one is refused.
        setChanges((left) => without(left, agentId))
        setBases((left) => without(left, agentId))
      }
    },
    onSuccess: () => feedback.done(t('saved')),
    onError: (error) => {
      feedback.failed(error)
      // Whoever saves once more has been told, and sees what the other saved.
      if (hasCode(error, 'changed-meanwhile')) setBases(new Map())
    },
    onSettled: refresh,
  })
  return {
    profiles,
    changes,
    doubled: doubledNumbers(profiles),
    saving: save.isPending,
    save: () => save.mutate(),
    change: (agentId: string, part: AgentChange) => {
      const version = saved.find((profile) => profile.agentId === agentId)?.version ?? 1
      setBases((before) => (before.has(agentId) ? before : new Map(before).set(agentId, version)))
      setChanges((before) => withChange(before, agentId, part))
    },
    discard: () => {
      setChanges(none)
      setBases(new Map())
    },
  }
}
