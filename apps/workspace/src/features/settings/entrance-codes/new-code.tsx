import { createEntranceCode, type DeliveryProblem, type EntranceCode, type EntranceLeads } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { ProviderRefusal } from '../channels/provider-refusal.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { NameField } from '../parts/name-field.tsx'
import { codesQuery } from './codes-query.ts'
import { LeadsFields } from './leads-fields.tsx'
import { words } from './words.ts'

const asInbox: EntranceLeads = { queueId: null, teamId: null, agentNumber: null }

interface NewCodeProps {
  inboxId: string
  onMade: (code: EntranceCode) => void
  onClose: () => void
}

export function NewCode({ inboxId, onMade, onClose }: NewCodeProps) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [name, setName] = useState('')
  const [parameter, setParameter] = useState('')
  const [leadsTo, setLeadsTo] = useState(asInbox)
  const [refused, setRefused] = useState<DeliveryProblem | null>(null)
  const isParameter = /^[\w-]{0,64}$/.test(parameter.trim())
  const saving = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), leadsTo, ...(parameter.trim() ? { parameter: parameter.trim() } : {}) }
      return call(createEntranceCode, { params: { id: inboxId }, body })
    },
    onSuccess: async ({ code, problem }) => {
      setRefused(problem)
      if (!code) return
      await client.invalidateQueries({ queryKey: codesQuery(inboxId).queryKey, exact: true })
      feedback.done(t('made'))
      onMade(code)
    },
  })
  return (
    <FormPanel
      title={t('add')}
      valid={name.trim() !== '' && isParameter}
      saving={saving}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <ProviderRefusal title={t('refused')} problem={refused} />
          <NameField t={t} value={name} tried={tried} onChange={setName} />
          <TextField
            label={t('parameter')}
            hint={t('parameterHint')}
            error={isParameter ? null : t('problem.parameter')}
            value={parameter}
            maxLength={80}
            placeholder="window-1"
            onChange={setParameter}
          />
          <LeadsFields leadsTo={leadsTo} onChange={setLeadsTo} />
        </>
      )}
    </FormPanel>
  )
}
