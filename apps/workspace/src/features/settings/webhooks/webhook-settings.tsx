import { deleteWebhook, rotateWebhookSecret, updateWebhook } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { useConfirm } from '../../../shared/use-confirm.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { SecretShown } from './secret-shown.tsx'
import { WebhookFields, urlIsValid } from './webhook-fields.tsx'
import { type Webhook, webhooksQuery } from './webhooks-query.ts'
import { words } from './words.ts'

export function WebhookSettings({ webhook }: { webhook: Webhook }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const navigate = useNavigate()
  const feedback = useFeedback()
  const confirm = useConfirm()
  const { url, description, events, enabled } = webhook
  const [draft, setDraft] = useState({ url, description, events, enabled })
  const params = { id: webhook.id }
  const refresh = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey })
  const save = useMutation({
    mutationFn: () => call(updateWebhook, { params, body: { ...draft, url: draft.url.trim() } }),
    onSuccess: async () => {
      await refresh()
      feedback.done(s('saved'))
    },
    onError: feedback.failed,
  })
  const rotate = useMutation({
    mutationFn: () => call(rotateWebhookSecret, { params }),
    onError: feedback.failed,
  })
  const remove = useMutation({
    mutationFn: () => call(deleteWebhook, { params }),
    onSuccess: async () => {
      await refresh()
      feedback.done(s('deleted'))
      await navigate({ href: '/settings/webhooks' })
    },
    onError: feedback.failed,
  })
  const askRotate = (): void =>
    confirm({
      title: t('rotateTitle'),
      text: t('rotateText'),
      ok: t('rotate'),
      danger: false,
      run: () => rotate.mutateAsync(),
    })
  const askRemove = (): void =>
    confirm({ title: t('removeTitle'), text: t('removeText'), ok: s('delete'), run: () => remove.mutateAsync() })
  return (
    <Section title={t('settings')}>
      <WebhookFields draft={draft} tried onChange={setDraft} />
      <div className="st-actions">
        <Button type="primary" loading={save.isPending} disabled={!urlIsValid(draft)} onClick={() => save.mutate()}>
          {s('save')}
        </Button>
        <Button onClick={askRotate}>{t('rotate')}</Button>
        <Button danger onClick={askRemove}>
          {t('remove')}
        </Button>
      </div>
      {rotate.data ? (
        <SidePanel title={t('secretTitle')} onClose={rotate.reset}>
          <SecretShown secret={rotate.data.secret} />
        </SidePanel>
      ) : null}
    </Section>
  )
}
