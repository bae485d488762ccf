import { createWebhook } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { FormPanel } from '../parts/form-panel.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { SecretShown } from './secret-shown.tsx'
import { type WebhookDraft, WebhookFields, urlIsValid } from './webhook-fields.tsx'
import { webhooksQuery } from './webhooks-query.ts'
import { words } from './words.ts'

export function NewWebhook({ onClose }: { onClose: () => void }) {
  const t = useWords(words)
  const client = useQueryClient()
  const [draft, setDraft] = useState<WebhookDraft>({ url: '', description: '', events: [], enabled: true })
  const create = useMutation({
    mutationFn: () => call(createWebhook, { body: { ...draft, url: draft.url.trim() } }),
    onSuccess: () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey }),
  })
  if (create.isSuccess) {
    return (
      <SidePanel title={t('secretTitle')} onClose={onClose}>
        <SecretShown secret={create.data.secret} />
      </SidePanel>
    )
  }
  return (
    <FormPanel
      title={t('newTitle')}
      saveLabel={t('create')}
      valid={urlIsValid(draft)}
      saving={create}
      onSave={create.mutate}
      onClose={onClose}
    >
      {(tried) => <WebhookFields draft={draft} tried={tried} onChange={setDraft} />}
    </FormPanel>
  )
}
