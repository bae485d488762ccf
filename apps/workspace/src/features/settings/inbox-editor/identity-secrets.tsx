import { listInboxSecrets, rotateInboxSecret } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { When } from '../../../shared/when.tsx'
import { Load } from '../parts/load.tsx'
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
      <Load query={secrets}>
        {(all) =>
          all.length === 0 ? (
            <p className="q-quiet">{t('secretsEmpty')}</p>
          ) : (
            <div className="q-table-scroll" style={{ marginBlockEnd: 12 }}>
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('prefix')}</th>
                    <th>{t('created')}</th>
                    <th>{t('expires')}</th>
                  </tr>
                </thead>
                <tbody>
                  {all.map((secret) => (
                    <tr key={secret.id}>
                      <td>
                        <code>{secret.prefix}…</code>
                      </td>
                      <td>
                        <When at={secret.createdAt} />
                      </td>
                      <td>{secret.expiresAt ? dateTime(secret.expiresAt) : t('current')}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Load>
      <Button onClick={() => (first ? rotate.mutate() : setAsking(true))} loading={rotate.isPending}>
        {first ? t('make') : t('rotate')}
      </Button>
      {rotate.data ? (
        <SidePanel title={t('madeTitle')} open onClose={close}>
          <p>{s('shownOnce')}</p>
          <CopyBox text={rotate.data.secret} label={t('madeTitle')} />
        </SidePanel>
      ) : (
        <SidePanel
          title={t('rotate')}
          open={asking}
          saving={rotate.isPending}
          saveLabel={t('rotate')}
          onSave={() => rotate.mutate()}
          onClose={close}
        >
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
        </SidePanel>
      )}
    </Section>
  )
}
