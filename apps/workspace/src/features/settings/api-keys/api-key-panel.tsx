import { type Role, createApiKey, roles } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { ChoiceField } from '../../../shared/choice-field.tsx'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { NameField } from '../parts/name-field.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { apiKeysQuery } from './api-keys-query.ts'
import { words } from './words.ts'

const expiries = ['never', '30', '90', '365'] as const
const dayMs = 86_400_000

export function ApiKeyPanel({ onClose }: { onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('agent')
  const [expiry, setExpiry] = useState<(typeof expiries)[number]>('365')
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = expiry === 'never' ? null : new Date(Date.now() + Number(expiry) * dayMs).toISOString()
      return call(createApiKey, { body: { name, role, expiresAt } })
    },
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  })
  if (create.isSuccess) {
    const { secret } = create.data
    const example = `curl -H "Authorization: Bearer ${secret}" ${location.origin}/api/v1/conversations`
    return (
      <SidePanel title={t('madeTitle')} onClose={onClose}>
        <p>{s('shownOnce')}</p>
        <CopyBox text={secret} label={t('madeTitle')} />
        <p className="q-quiet">{t('example')}</p>
        <CopyBox text={example} label={t('example')} />
      </SidePanel>
    )
  }
  return (
    <FormPanel
      title={t('add')}
      saveLabel={t('create')}
      valid={name.trim() !== ''}
      saving={create}
      onSave={create.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <NameField t={t} tried={tried} value={name} onChange={setName} />
          <ChoiceField
            label={t('role')}
            hint={t('roleHint')}
            value={role}
            onChange={setRole}
            options={roles.map((one) => ({ value: one, label: s(`role.${one}`) }))}
          />
          <ChoiceField
            label={t('expires')}
            hint={t('expiryHint')}
            value={expiry}
            onChange={setExpiry}
            options={expiries.map((one) => ({ value: one, label: t(`expiry.${one}`) }))}
          />
        </>
      )}
    </FormPanel>
  )
}
