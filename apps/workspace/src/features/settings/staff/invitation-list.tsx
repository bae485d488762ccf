import { listInvitations, revokeInvitation } from '@qiao/protocol'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { Section } from '../../../shared/page-frame.tsx'
import { dateTime, exactTime, useNow } from '../../../shared/time.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { Load } from '../parts/load.tsx'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async ({ signal }) => (await call(listInvitations, {}, { signal })).invitations,
})

export function InvitationList() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const now = useNow()
  const client = useQueryClient()
  const feedback = useFeedback()
  const invitations = useQuery(invitationsQuery)
  const revoke = useMutation({
    mutationFn: (id: string) => call(revokeInvitation, { params: { id } }),
    onSuccess: async () => {
      await client.invalidateQueries(invitationsQuery)
      feedback.done(t('revoked'))
    },
    onError: feedback.failed,
  })
  return (
    <div style={{ marginBlockStart: 28 }}>
      <Section title={t('invitations')}>
        <Load query={invitations}>
          {(open) =>
            open.length === 0 ? (
              <p className="q-quiet">{t('invitationsEmpty')}</p>
            ) : (
              <div className="q-table-scroll">
                <table className="q-table">
                  <thead>
                    <tr>
                      <th>{t('email')}</th>
                      <th>{t('role')}</th>
                      <th>{t('state')}</th>
                      <th className="q-table-end">
                        <span className="sr-only">{t('revoke')}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {open.map((invitation) => (
                      <tr key={invitation.id}>
                        <td>{invitation.email}</td>
                        <td>{s(`role.${invitation.role}`)}</td>
                        <td title={exactTime(invitation.expiresAt)}>
                          {Date.parse(invitation.expiresAt) < now ? (
                            <span className="q-state-warn">{t('expired')}</span>
                          ) : (
                            t('expires', { time: dateTime(invitation.expiresAt) })
                          )}
                        </td>
                        <td className="q-table-end">
                          <Button
                            size="small"
                            aria-label={t('revokeOf', { email: invitation.email })}
                            onClick={() => revoke.mutate(invitation.id)}
                          >
                            {t('revoke')}
                          </Button>
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Load>
      </Section>
    </div>
  )
}
