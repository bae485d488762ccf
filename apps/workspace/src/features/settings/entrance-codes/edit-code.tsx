import { type EntranceCode, updateEntranceCode } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { NameField } from '../parts/name-field.tsx'
import { codesQuery } from './codes-query.ts'
import { LeadsFields } from './leads-fields.tsx'
import { words } from './words.ts'

interface EditCodeProps {
  inboxId: string
  code: EntranceCode
  onClose: () => void
}

/** What can still be changed when it hangs on a wall. */
export function EditCode({ inboxId, code, onClose }: EditCodeProps) {
  const t = useWords(words)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [name, setName] = useState(code.name)
  const [leadsTo, setLeadsTo] = useState(code.leadsTo)
  const saving = useMutation({
    mutationFn: () =>
      call(updateEntranceCode, { params: { id: inboxId, codeId: code.id }, body: { name: name.trim(), leadsTo } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: codesQuery(inboxId).queryKey, exact: true })
      feedback.done(t('changed'))
      onClose()
    },
  })
  return (
    <FormPanel
      title={t('editOf', { name: code.name })}
      valid={name.trim() !== ''}
      saving={saving}
      onSave={() => saving.mutate()}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <NameField t={t} value={name} tried={tried} onChange={setName} />
          <LeadsFields leadsTo={leadsTo} onChange={setLeadsTo} />
        </>
      )}
    </FormPanel>
  )
}
