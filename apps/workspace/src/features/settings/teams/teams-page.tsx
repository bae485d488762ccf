import type { Team } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { joined, namesOf } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { teamsQuery, useStaffNames } from '../../../shared/staff.ts'
import { ListPage } from '../parts/list-page.tsx'
import { words as settingsWords } from '../words.ts'
import { TeamPanel } from './team-panel.tsx'
import { words } from './words.ts'

const shownMembers = 5

export function TeamsPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('teams.manage')
  const names = useStaffNames()
  const [editing, setEditing] = useState<Team | 'new' | null>(null)
  const members = ({ agentIds }: Team) => {
    if (agentIds.length === 0) return <span className="q-state-warn">{t('noMembers')}</span>
    const first = agentIds.slice(0, shownMembers).flatMap((id) => names.agents.get(id)?.name ?? [])
    const rest = agentIds.length - shownMembers
    return (
      <>
        <div>{t('membersCount', { count: agentIds.length })}</div>
        <div className="q-quiet">{joined(rest > 0 ? [...first, t('more', { count: rest })] : first)}</div>
      </>
    )
  }
  return (
    <ListPage
      page="teams"
      intro={t('intro')}
      query={useQuery(teamsQuery)}
      add={manage && { label: t('add'), onClick: () => setEditing('new') }}
      empty={{ title: t('empty'), hint: t('emptyText') }}
      columns={[
        {
          title: t('name'),
          render: (team) => (
            <>
              <div>{team.name}</div>
              {team.description ? <div className="q-quiet">{team.description}</div> : null}
            </>
          ),
        },
        { title: t('members'), render: members },
        {
          title: t('inboxes'),
          render: ({ inboxIds }) =>
            namesOf(inboxIds, names.inboxes) || <span className="q-quiet">{t('noInboxes')}</span>,
        },
        manage && {
          title: s('edit'),
          actions: true,
          render: (team) => (
            <Button size="small" aria-label={t('edit', { name: team.name })} onClick={() => setEditing(team)}>
              {s('edit')}
            </Button>
          ),
        },
      ]}
    >
      {editing ? <TeamPanel team={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </ListPage>
  )
}
