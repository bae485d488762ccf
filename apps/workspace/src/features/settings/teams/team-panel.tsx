import { type Team, createTeam, deleteTeam, updateTeam } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useAgents } from '../../../shared/staff.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

/** Makes a team, or changes and deletes the given one. */
export function TeamPanel({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const refresh = useRefreshStaff()
  const feedback = useFeedback()
  const { modal } = App.useApp()
  const agents = useAgents().filter((agent) => !agent.disabledAt || team?.agentIds.includes(agent.id))
  const [draft, setDraft] = useState({
    name: team?.name ?? '',
    description: team?.description ?? '',
    agentIds: team?.agentIds ?? [],
  })
  const [tried, setTried] = useState(false)
  const finish = async (text: string): Promise<void> => {
    await refresh()
    feedback.done(text)
    onClose()
  }
  const save = useMutation({
    mutationFn: () =>
      team ? call(updateTeam, { params: { id: team.id }, body: draft }) : call(createTeam, { body: draft }),
    onSuccess: () => finish(s('saved')),
    onError: feedback.failed,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteTeam, { params: { id: team?.id ?? '' } }),
    onSuccess: () => finish(s('deleted')),
    onError: feedback.failed,
  })
  const missing = draft.name.trim() === ''
  const confirmRemove = (): void => {
    modal.confirm({
      title: t('removeTitle', { name: team?.name ?? '' }),
      content: t('removeText'),
      okText: s('delete'),
      okButtonProps: { danger: true },
      cancelText: s('cancel'),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    })
  }
  return (
    <SidePanel
      title={team ? t('editTitle') : t('newTitle')}
      open
      saving={save.isPending}
      onSave={() => {
        setTried(true)
        if (!missing) save.mutate()
      }}
      onClose={onClose}
    >
      <FormField label={t('name')} error={tried && missing ? s('problem.missing') : null}>
        {(control) => (
          <Input
            {...control}
            value={draft.name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('description')}>
        {(control) => (
          <Input.TextArea
            {...control}
            value={draft.description}
            maxLength={500}
            autoSize={{ minRows: 2, maxRows: 6 }}
            placeholder={t('descriptionPlaceholder')}
            onChange={(event) => setDraft({ ...draft, description: event.target.value })}
          />
        )}
      </FormField>
      <FormField label={t('members')} hint={t('membersHint')}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={draft.agentIds}
            onChange={(agentIds) => setDraft({ ...draft, agentIds })}
            options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        )}
      </FormField>
      {team ? (
        <Button danger onClick={confirmRemove} style={{ marginBlockStart: 16 }}>
          {t('remove')}
        </Button>
      ) : null}
    </SidePanel>
  )
}
