import type { Agent } from '@qiao/protocol'
import { Button } from 'antd'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { useMe } from '../../../shared/session.ts'
import { useStaffNames } from '../../../shared/staff.ts'
import { When } from '../../../shared/when.tsx'
import { words as settingsWords } from '../words.ts'
import { words } from './words.ts'

export function StaffTable({ agents, onEdit }: { agents: Agent[]; onEdit: ((id: string) => void) | null }) {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const me = useMe()
  const { teams } = useStaffNames()
  const teamNames = (agent: Agent): string =>
    agent.teamIds.flatMap((id) => teams.get(id)?.name ?? []).join('、') || t('noTeams')
  return (
    <div className="q-table-scroll">
      <table className="q-table">
        <thead>
          <tr>
            <th>{t('name')}</th>
            <th>{t('role')}</th>
            <th>{t('teams')}</th>
            <th>{t('second')}</th>
            <th>{t('lastSeen')}</th>
            {onEdit ? (
              <th className="q-table-end">
                <span className="sr-only">{s('edit')}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {agents.map((agent) => (
            <tr key={agent.id}>
              <td>
                <div className="q-table-name">
                  <Avatar id={agent.id} name={agent.name} url={agent.avatarUrl} size={28} />
                  <div>
                    <div>
                      {agent.name}
                      {agent.id === me.id ? <span className="q-quiet"> · {t('you')}</span> : null}
                      {agent.disabledAt ? <span className="q-state-bad"> · {t('disabled')}</span> : null}
                    </div>
                    <div className="q-quiet">{agent.email}</div>
                  </div>
                </div>
              </td>
              <td>{s(`role.${agent.role}`)}</td>
              <td className={agent.teamIds.length === 0 ? 'q-quiet' : undefined}>{teamNames(agent)}</td>
              <td>{agent.twoFactorEnabled ? s('on') : <span className="q-quiet">{s('off')}</span>}</td>
              <td>
                {agent.lastSeenAt ? <When at={agent.lastSeenAt} /> : <span className="q-quiet">{t('never')}</span>}
              </td>
              {onEdit ? (
                <td className="q-table-end">
                  <Button size="small" aria-label={t('edit', { name: agent.name })} onClick={() => onEdit(agent.id)}>
                    {s('edit')}
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
