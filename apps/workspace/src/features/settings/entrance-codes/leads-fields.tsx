import type { EntranceLeads } from '@qiao/protocol'
import { Select } from 'antd'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useLeads } from './use-leads.ts'
import { words } from './words.ts'

interface LeadsFieldsProps {
  leadsTo: EntranceLeads
  onChange: (leadsTo: EntranceLeads) => void
}

/** Where the conversations go that start by a code. */
export function LeadsFields({ leadsTo, onChange }: LeadsFieldsProps) {
  const t = useWords(words)
  const { queues, teams, agents } = useLeads().choicesOf(leadsTo)
  const field = (label: string, key: keyof EntranceLeads, options: typeof queues, none: string, hint?: string) => (
    <FormField label={label} hint={hint}>
      {({ id, ...described }) => (
        <Select
          id={id}
          aria-describedby={described['aria-describedby']}
          showSearch={{ optionFilterProp: 'label' }}
          value={leadsTo[key] ?? ''}
          options={[{ value: '', label: none }, ...options]}
          onChange={(value: string) => onChange({ ...leadsTo, [key]: value || null })}
        />
      )}
    </FormField>
  )
  return (
    <fieldset className="st-entrance-leads">
      <legend>{t('leads')}</legend>
      <p className="q-field-hint">{t('leadsHint')}</p>
      {field(t('queue'), 'queueId', queues, t('asInbox'))}
      {field(t('team'), 'teamId', teams, t('asInbox'))}
      {field(t('agent'), 'agentNumber', agents, t('nobody'), t('agentHint'))}
    </fieldset>
  )
}
