import { type Role, createApiKey, roles } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Input, Select } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
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
  const [tried, setTried] = useState(false)
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = expiry === 'never' ? null : new Date(Date.now() + Number(expiry) * dayMs).toISOString()
      return call(createApiKey, { body: { name, role, expiresAt } })
    },
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  })
  if (create.isSuccess) {
    const { secret } = create.data
    return (
      <SidePanel title={t('madeTitle')} open onClose={onClose}>
        <p>{s('shownOnce')}</p>
        <CopyBox text={secret} label={t('madeTitle')} />
        <p className="q-quiet">{t('example')}</p>
        <CopyBox
          text={`curl -H "Authorization: Bearer ${secret}" ${location.origin}/api/v1/conversations`}
          label={t('example')}
        />
      </SidePanel>
    )
  }
  const missing = name.trim() === ''
  return (
    <SidePanel
      title={t('add')}
      open
      saving={create.isPending}
      saveLabel={t('create')}
      onSave={() => {
        setTried(true)
        if (!missing) create.mutate()
      }}
      onClose={onClose}
    >
      {create.isError ? (
        <Alert type="error" role="alert" showIcon title={explain(create.error)} style={{ marginBlockEnd: 16 }} />
      ) : null}
      <FormField label={t('name')} error={tried && missing ? s('problem.missing') : null}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={100}
            placeholder={t('namePlaceholder')}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </FormField>
      <FormField label={t('role')} hint={t('roleHint')}>
        {({ id }) => (
          <Select
            id={id}
            value={role}
            onChange={setRole}
            options={roles.map((one) => ({ value: one, label: s(`role.${one}`) }))}
          />
        )}
      </FormField>
      <FormField label={t('expires')} hint={t('expiryHint')}>
        {({ id }) => (
          <Select
            id={id}
            value={expiry}
            onChange={setExpiry}
            options={expiries.map((one) => ({ value: one, label: t(`expiry.${one}`) }))}
          />
        )}
      </FormField>
    </SidePanel>
  )
}
