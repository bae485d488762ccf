import type { Agent, Team } from '@qiao/protocol'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { sharedWords } from '../../../shared/words.ts'
import { inboxWords } from '../words.ts'
import type { TransferTarget } from './use-conversation-actions.ts'

interface TransferFormProps {
  agents: readonly Agent[]
  teams: readonly Team[]
  meId: string
  onTransfer: (target: TransferTarget, name: string) => void
  onCancel: () => void
}

export function TransferForm({ agents, teams, meId, onTransfer, onCancel }: TransferFormProps) {
  const t = useWords(inboxWords)
  const shared = useWords(sharedWords)
  const [target, setTarget] = useState<string | undefined>()
  const [note, setNote] = useState('')
  const options = [
    {
      label: t('transfer.teams'),
      options: teams.map((team) => ({ value: `team:${team.id}`, label: team.name })),
    },
    {
      label: t('transfer.agents'),
      options: agents
        .filter((agent) => agent.id !== meId && agent.disabledAt === null)
        .map((agent) => ({ value: `agent:${agent.id}`, label: agent.name })),
    },
  ]
  const submit = (): void => {
    const [type, id] = target?.split(':') ?? []
    if (!id) return
    const name =
      type === 'team' ? teams.find((team) => team.id === id)?.name : agents.find((agent) => agent.id === id)?.name
    const to = { agentId: type === 'agent' ? id : null, teamId: type === 'team' ? id : null }
    onTransfer({ ...to, note: note.trim() || undefined }, name ?? '')
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Ctrl-Enter sends from any of its fields
    <form
      className="q-transfer"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
      }}
    >
      <label className="q-filter-field">
        <span>{t('transfer.to')}</span>
        <Select
          autoFocus
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t('transfer.choose')}
          options={options}
          value={target}
          onChange={setTarget}
        />
      </label>
      <label className="q-filter-field">
        <span>{t('transfer.note')}</span>
        <Input.TextArea
          value={note}
          maxLength={4000}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <span className="q-buttons">
        <Button onClick={onCancel}>{shared('cancel')}</Button>
        <Button type="primary" htmlType="submit" disabled={!target}>
          {t('transfer.confirm')}
        </Button>
      </span>
    </form>
  )
}
