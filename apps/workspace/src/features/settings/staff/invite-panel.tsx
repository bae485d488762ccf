import { email as emailSchema, inviteAgent } from '@qiao/protocol'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { call } from '../../../shared/api.ts'
import { CopyBox } from '../../../shared/copy-box.tsx'
import { explain } from '../../../shared/error-words.ts'
import { FormField } from '../../../shared/form-field.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { words as settingsWords } from '../words.ts'
import { invitationsQuery } from './invitation-list.tsx'
import { type RoleAndTeams, RoleAndTeamsFields } from './role-and-teams.tsx'
import { words } from './words.ts'

const blank: RoleAndTeams = { role: 'agent', teamIds: [] }

export function InvitePanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [draft, setDraft] = useState(blank)
  const [problem, setProblem] = useState(false)
  const invite = useMutation({
    mutationFn: () => call(inviteAgent, { body: { email: email.trim(), ...draft } }),
    onSuccess: () => client.invalidateQueries(invitationsQuery),
  })
  const again = (): void => {
    invite.reset()
    setEmail('')
  }
  const close = (): void => {
    again()
    setDraft(blank)
    setProblem(false)
    onClose()
  }
  const send = (): void => {
    const valid = emailSchema.safeParse(email.trim()).success
    setProblem(!valid)
    if (valid) invite.mutate()
  }
  if (invite.isSuccess) {
    const { link, mailed, invitation } = invite.data
    return (
      <SidePanel title={t('linkTitle')} open={open} onClose={close}>
        <p>{t(mailed ? 'mailed' : 'notMailed', { email: invitation.email })}</p>
        <CopyBox text={link} label={t('linkTitle')} />
        <p className="q-quiet">{t('linkHint')}</p>
        <Button onClick={again}>{t('inviteAnother')}</Button>
      </SidePanel>
    )
  }
  return (
    <SidePanel
      title={t('inviteTitle')}
      open={open}
      saving={invite.isPending}
      saveLabel={t('send')}
      onSave={send}
      onClose={close}
    >
      {invite.isError ? (
        <Alert type="error" role="alert" showIcon title={explain(invite.error)} style={{ marginBlockEnd: 16 }} />
      ) : null}
      <FormField label={t('email')} error={problem ? s('problem.email') : null}>
        {(control) => (
          <Input
            {...control}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            onPressEnter={send}
          />
        )}
      </FormField>
      <RoleAndTeamsFields value={draft} onChange={setDraft} />
    </SidePanel>
  )
}
