import { type Agent, updateAgent } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { type RoleAndTeams, RoleAndTeamsFields } from './role-and-teams.tsx'
import { words } from './words.ts'

/** Mounted anew for each colleague: a refresh of the list does not undo what is being chosen. */
export function AgentPanel({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const self = agent.id === useMe().id
  const refresh = useRefreshStaff()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const [draft, setDraft] = useState<RoleAndTeams>({ role: agent.role, teamIds: agent.teamIds })
  const update = useMutation({
    mutationFn: (change: Partial<RoleAndTeams> & { disabled?: boolean }) =>
      call(updateAgent, { params: { id: agent.id }, body: change }),
    onSuccess: async ({ name }, { disabled }) => {
      await refresh()
      feedback.done(disabled === undefined ? s('saved') : t(disabled ? 'disabledDone' : 'enabledDone', { name }))
      onClose()
    },
  })
  const disable = (): void =>
    confirm({
      title: t('disableTitle', { name: agent.name }),
      text: t('disableText'),
      ok: t('disable'),
      run: () => update.mutateAsync({ disabled: true }),
    })
  return (
    <FormPanel
      title={`${t('editTitle')} · ${agent.name}`}
      saving={update}
      onSave={() => update.mutate(self ? { teamIds: draft.teamIds } : draft)}
      onClose={onClose}
    >
      {() => (
        <>
          <p className="q-quiet">{agent.email}</p>
          <RoleAndTeamsFields value={draft} roleLocked={self} onChange={setDraft} />
          {self ? null : agent.disabledAt ? (
            <Button onClick={() => update.mutate({ disabled: false })}>{t('enable')}</Button>
          ) : (
            <Button danger onClick={disable}>
              {t('disable')}
            </Button>
          )}
        </>
      )}
    </FormPanel>
  )
}
