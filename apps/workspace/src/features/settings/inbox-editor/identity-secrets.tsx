import { listInboxSecrets, rotateInboxSecret } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { DataTable } from '../../../shared/data-table.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { identityWords } from './identity-words.ts'

export function IdentitySecrets({ inboxId }: { inboxId: string }) {
  const s = useWords(settingsWords)
  const t = useWords(identityWords)
  const client = useQueryClient()
  const feedback = useFeedback()
  const [asking, setAsking] = useState(false)
  const [keepOldHours, setKeepOldHours] = useState(24)
  const params = { id: inboxId }
  const queryKey = ['inboxes', inboxId, 'secrets']
  const secrets = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await call(listInboxSecrets, { params }, { signal })).secrets,
  })
  const rotate = useMutation({
    mutationFn: () => call(rotateInboxSecret, { params, body: { keepOldHours } }),
    onSuccess: () => client.invalidateQueries({ queryKey }),
    onError: feedback.failed,
  })
  const close = (): void => {
    setAsking(false)
    rotate.reset()
  }
  const first = secrets.data?.length === 0
  return (
    <Section title={t('secrets')} hint={t('secretsHint')}>
      <DataTable
        query={secrets}
        empty={<p className="q-quiet">{t('secretsEmpty')}</p>}
        columns={[
          { title: t('prefix'), render: (secret) => <code>{secret.prefix}…</code> },
          { title: t('created'), render: (secret) => <When at={secret.createdAt} /> },
          { title: t('expires'), render: ({ expiresAt }) => (expiresAt ? dateTime(expiresAt) : t('current')) },
        ]}
      />
      <Button
        className="q-table-more"
        onClick={() => (first ? rotate.mutate() : setAsking(true))}
        loading={rotate.isPending}
      >
        {first ? t('make') : t('rotate')}
      </Button>
      {rotate.data ? (
        <SidePanel title={t('madeTitle')} onClose={close}>
          <p>{s('shownOnce')}</p>
          <CopyBox text={rotate.data.secret} label={t('madeTitle')} />
        </SidePanel>
      ) : asking ? (
        <FormPanel title={t('rotate')} saveLabel={t('rotate')} saving={rotate} onSave={rotate.mutate} onClose={close}>
          {() => (
            <>
              <p>{t('rotateText')}</p>
              <FormField label={t('keepOld')}>
                {(control) => (
                  <InputNumber
                    {...control}
                    value={keepOldHours}
                    min={0}
                    max={720}
                    onChange={(value) => setKeepOldHours(value ?? 24)}
                  />
                )}
              </FormField>
            </>
          )}
        </FormPanel>
      ) : null}
    </Section>
  )
}
