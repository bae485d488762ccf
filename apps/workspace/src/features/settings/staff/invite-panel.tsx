import { email as emailSchema, inviteAgent } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { TextField } from '../../../shared/text-field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { invitationsQuery } from './invitations-query.ts'
import { type RoleAndTeams, RoleAndTeamsFields } from './role-and-teams.tsx'
import { words } from './words.ts'

export function InvitePanel({ onClose }: { onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [draft, setDraft] = useState<RoleAndTeams>({ role: 'agent', teamIds: [] })
  const invite = useMutation({
    mutationFn: () => call(inviteAgent, { body: { email: email.trim(), ...draft } }),
    onSuccess: () => client.invalidateQueries(invitationsQuery),
  })
  const another = (): void => {
    invite.reset()
    setEmail('')
  }
  if (invite.isSuccess) {
    const { link, mailed, invitation } = invite.data
    return (
      <SidePanel title={t('linkTitle')} onClose={onClose}>
        <p>{t(mailed ? 'mailed' : 'notMailed', { email: invitation.email })}</p>
        <CopyBox text={link} label={t('linkTitle')} />
        <p className="q-quiet">{t('linkHint')}</p>
        <Button onClick={another}>{t('inviteAnother')}</Button>
      </SidePanel>
    )
  }
  const valid = emailSchema.safeParse(email.trim()).success
  return (
    <FormPanel
      title={t('inviteTitle')}
      saveLabel={t('send')}
      valid={valid}
      saving={invite}
      onSave={invite.mutate}
      onClose={onClose}
    >
      {(tried) => (
        <>
          <TextField
            label={t('email')}
            error={tried && !valid ? s('problem.email') : null}
            type="email"
            value={email}
            onChange={setEmail}
          />
          <RoleAndTeamsFields value={draft} onChange={setDraft} />
        </>
      )}
    </FormPanel>
  )
}
