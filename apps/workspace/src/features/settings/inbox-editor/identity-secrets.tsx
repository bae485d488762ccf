import { listInboxSecrets, rotateInboxSecret } from '@qiao/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'
import { DataTable } from '../../../shared/data-table.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime } from '../../../shared/time.ts'
import { When } from '../../../shared/when.tsx'
import { ChangeSecret } from '../parts/change-secret.tsx'
import { identityWords } from './identity-words.ts'

export function IdentitySecrets({ inboxId }: { inboxId: string }) {
  const t = useWords(identityWords)
  const client = useQueryClient()
  const params = { id: inboxId }
  const queryKey = ['inboxes', inboxId, 'secrets']
  const secrets = useQuery({
    queryKey,
    queryFn: async ({ signal }) => (await call(listInboxSecrets, { params }, { signal })).secrets,
  })
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
      <ChangeSecret
        label={first ? t('make') : t('rotate')}
        text={first ? null : t('rotateText')}
        madeTitle={t('madeTitle')}
        change={(keepOldHours) => call(rotateInboxSecret, { params, body: { keepOldHours } })}
        onChanged={() => void client.invalidateQueries({ queryKey })}
      />
    </Section>
  )
}
