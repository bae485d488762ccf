import { type Agent, updateAgent } from '@qiao/protocol'
import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useFeedback } from '../../../shared/use-feedback.ts'
import { SidePanel } from '../parts/side-panel.tsx'
import { useRefreshStaff } from '../parts/use-refresh-staff.ts'
import { words as settingsWords } from '../words.ts'
import { type RoleAndTeams, RoleAndTeamsFields } from './role-and-teams.tsx'
import { words } from './words.ts'

export function AgentPanel({ agent, onClose }: { agent: Agent | null; onClose: () => void }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const me = useMe()
  const refresh = useRefreshStaff()
  const feedback = useFeedback()
  const { modal } = App.useApp()
  const [draft, setDraft] = useState<RoleAndTeams>({ role: 'agent', teamIds: [] })
  const id = agent?.id
  useEffect(() => {
    if (agent) setDraft({ role: agent.role, teamIds: agent.teamIds })
    // Only when another colleague is opened: a refresh of the list must not undo what is being chosen.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id])
  const update = useMutation({
    mutationFn: (change: Partial<RoleAndTeams> & { disabled?: boolean }) =>
      call(updateAgent, { params: { id: id ?? '' }, body: change }),
    onSuccess: async (saved, change) => {
      await refresh()
      if (change.disabled === undefined) feedback.done(s('saved'))
      else feedback.done(t(change.disabled ? 'disabledDone' : 'enabledDone', { name: saved.name }))
      onClose()
    },
    onError: feedback.failed,
  })
  const self = id === me.id
  const disable = (): void => {
    modal.confirm({
      title: t('disableTitle', { name: agent?.name ?? '' }),
      content: t('disableText'),
      okText: t('disable'),
      okButtonProps: { danger: true },
      cancelText: s('cancel'),
      onOk: () => update.mutateAsync({ disabled: true }).catch(() => undefined),
    })
  }
  return (
    <SidePanel
      title={agent ? `${t('editTitle')} · ${agent.name}` : ''}
      open={agent !== null}
      saving={update.isPending}
      onSave={() => update.mutate(self ? { teamIds: draft.teamIds } : draft)}
      onClose={onClose}
    >
      <p className="q-quiet">{agent?.email}</p>
      <RoleAndTeamsFields value={draft} roleLocked={self} onChange={setDraft} />
      {self ? null : (
        <div style={{ marginBlockStart: 24 }}>
          {agent?.disabledAt ? (
            <Button onClick={() => update.mutate({ disabled: false })}>{t('enable')}</Button>
          ) : (
            <Button danger onClick={disable}>
              {t('disable')}
            </Button>
          )}
        </div>
      )}
    </SidePanel>
  )
}
