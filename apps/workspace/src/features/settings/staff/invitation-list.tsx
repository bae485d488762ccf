import { revokeInvitation } from '@qiao/protocol'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '../../../shared/api.ts'
import { DataTable } from '../../../shared/data-table.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime, exactTime, useNow } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { words as settingsWords } from '../words.ts'
import { invitationsQuery } from './invitations-query.ts'
import { words } from './words.ts'

export function InvitationList() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const now = useNow()
  const client = useQueryClient()
  const feedback = useFeedback()
  const revoke = useMutation({
    mutationFn: (id: string) => call(revokeInvitation, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries(invitationsQuery)
      feedback.done(t('revoked'))
    },
    onError: feedback.failed,
  })
  return (
    <Section title={t('invitations')} apart>
      <DataTable
        query={useQuery(invitationsQuery)}
        empty={<p className="q-quiet">{t('invitationsEmpty')}</p>}
        columns={[
          { title: t('email'), render: (invitation) => invitation.email },
          { title: t('role'), render: (invitation) => s(`role.${invitation.role}`) },
          {
            title: t('state'),
            render: ({ expiresAt }) => {
              const over = Date.parse(expiresAt) < now
              return (
                <span className={over ? 'q-state-warn' : undefined} title={exactTime(expiresAt)}>
                  {over ? t('expired') : t('expires', { time: dateTime(expiresAt) })}
                </span>
              )
            },
          },
          {
            title: t('revoke'),
            actions: true,
            render: ({ id, email }) => (
              <Button size="small" aria-label={t('revokeOf', { email })} onClick={() => revoke.mutate(id)}>
                {t('revoke')}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
