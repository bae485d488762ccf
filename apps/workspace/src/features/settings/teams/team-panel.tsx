import { type Team, createTeam, deleteTeam, updateTeam } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { ChoicesField, optionsOf } from '../../../shared/choice-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useAgents } from '../../../shared/staff.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { NameField } from '../parts/name-field.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** Makes a team, or changes and deletes the given one. */
export function TeamPanel({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshStaff()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const agents = useAgents().filter((agent) => !agent.disabledAt || team?.agentIds.includes(agent.id))
  const [draft, setDraft] = useState(() => ({
    name: team?.name ?? '',
    description: team?.description ?? '',
    agentIds: team?.agentIds ?? [],
  }))
  const change = (part: Partial<typeof draft>): void => setDraft({ ...draft, ...part })
  const finish = async (text: string): Promise<void> => {
    await refresh()
    feedback.done(text)
    onClose()
  }
  const save = useMutation({
    mutationFn: () =>
      team ? call(updateTeam, { params: { id: team.id }, body: draft }) : call(createTeam, { body: draft }),
    onSuccess: () => finish(s('saved')),
  })
  const remove = useMutation({
    mutationFn: (id: string) => call(deleteTeam, { params: { id } }),
    onSuccess: () => finish(s('deleted')),
    onError: feedback.failed,
  })
  const ask = ({ id, name }: Team): void =>
    confirm({
      title: t('removeTitle', { name }),
      text: t('removeText'),
      ok: s('delete'),
      run: () => remove.mutateAsync(id),
    })
  return (
    <FormPanel
      title={team ? t('editTitle') : t('newTitle')}
      valid={draft.name.trim() !== ''}
      saving={save}
      onSave={save.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <NameField t={t} tried={tried} value={draft.name} onChange={(name) => change({ name })} />
          <TextField
            label={t('description')}
            value={draft.description}
            maxLength={500}
            lines={{ first: 2, most: 6 }}
            placeholder={t('descriptionPlaceholder')}
            onChange={(description) => change({ description })}
          />
          <ChoicesField
            label={t('members')}
            hint={t('membersHint')}
            value={draft.agentIds}
            onChange={(agentIds) => change({ agentIds })}
            options={optionsOf(agents)}
          />
          {team ? (
            <Button danger onClick={() => ask(team)}>
              {t('remove')}
            </Button>
          ) : null}
        </>
      )}
    </FormPanel>
  )
}
