import type { Team } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { teamsQuery, useStaffNames } from '../../../shared/staff.ts'
import { Load } from '../parts/load.tsx'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { words as settingsWords } from '../words.ts'
import { TeamPanel } from './team-panel.tsx'
import { words } from './words.ts'

const shownMembers = 5

export function TeamsPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('teams.manage')
  const teams = useQuery(teamsQuery)
  const names = useStaffNames()
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const add = (
    <Button type="primary" onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  )
  const members = (team: Team): string => {
    const all = team.agentIds.flatMap((id) => names.agents.get(id)?.name ?? [])
    const rest = all.length - shownMembers
    return [...all.slice(0, shownMembers), ...(rest > 0 ? [t('more', { count: rest })] : [])].join('、')
  }
  return (
    <PageFrame title={s('page.teams')} intro={t('intro')} actions={manage ? add : null} wide>
      {manage ? null : <ReadOnlyNote />}
      <Load query={teams}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('empty')} hint={t('emptyText')} action={manage ? add : null} />
          ) : (
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    <th>{t('name')}</th>
                    <th>{t('members')}</th>
                    <th>{t('inboxes')}</th>
                    {manage ? (
                      <th className="q-table-end">
                        <span className="sr-only">{s('edit')}</span>
                      </th>
                    ) : null}
                  </tr>
                </thead>
                <tbody>
                  {all.map((team) => (
                    <tr key={team.id}>
                      <td>
                        <div>{team.name}</div>
                        {team.description ? <div className="q-quiet">{team.description}</div> : null}
                      </td>
                      <td>
                        {team.agentIds.length === 0 ? (
                          <span className="q-state-warn">{t('noMembers')}</span>
                        ) : (
                          <>
                            <div>{t('membersCount', { count: team.agentIds.length })}</div>
                            <div className="q-quiet">{members(team)}</div>
                          </>
                        )}
                      </td>
                      <td>
                        {team.inboxIds.flatMap((id) => names.inboxes.get(id)?.name ?? []).join('、') || (
                          <span className="q-quiet">{t('noInboxes')}</span>
                        )}
                      </td>
                      {manage ? (
                        <td className="q-table-end">
                          <Button
                            size="small"
                            aria-label={t('edit', { name: team.name })}
                            onClick={() => setEditing(team)}
                          >
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
      </Load>
      {editing ? (
        <TeamPanel
          key={editing === 'new' ? 'new' : editing.id}
          team={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </PageFrame>
  )
}
