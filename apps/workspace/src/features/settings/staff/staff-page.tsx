import type { Agent } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { namesOf } from '../../../shared/names.ts'
import { useCan } from '../../../shared/session.ts'
import { agentsQuery, useAgents, useStaffNames } from '../../../shared/staff.ts'
import { When } from '../../../shared/when.tsx'
import { ListPage } from '../parts/list-page.tsx'
import { words as settingsWords } from '../words.ts'
import { AgentPanel } from './agent-panel.tsx'
import { AgentTitle } from './agent-title.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InvitePanel } from './invite-panel.tsx'
import { words } from './words.ts'

const matches = (agent: Agent, query: string): boolean =>
  `${agent.name} ${agent.publicName ?? ''} ${agent.email}`.toLowerCase().includes(query.trim().toLowerCase())

export function StaffPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('staff.manage')
  const all = useAgents()
  const { teams } = useStaffNames()
  const [query, setQuery] = useState('')
  const [showDisabled, setShowDisabled] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const [inviting, setInviting] = useState(false)
  const edited = all.find((agent) => agent.id === editing)
  const agents = useQuery({
    ...agentsQuery,
    select: (some) => some.filter((agent) => (showDisabled || !agent.disabledAt) && matches(agent, query)),
  })
  const filter = (
    <>
      <Input.Search
        aria-label={t('search')}
        placeholder={t('search')}
        value={query}
        allowClear
        onChange={(event) => setQuery(event.target.value)}
        style={{ width: 280 }}
      />
      {all.some((agent) => agent.disabledAt) ? (
        <Checkbox checked={showDisabled} onChange={(event) => setShowDisabled(event.target.checked)}>
          {t('showDisabled')}
        </Checkbox>
      ) : null}
    </>
  )
  return (
    <ListPage
      page="staff"
      intro={t('intro')}
      query={agents}
      filter={filter}
      add={manage && { label: t('invite'), onClick: () => setInviting(true) }}
      empty={{ title: t('noMatch', { query }) }}
      columns={[
        { title: t('name'), render: (agent) => <AgentTitle agent={agent} /> },
        { title: t('role'), render: (agent) => s(`role.${agent.role}`) },
        {
          title: t('teams'),
          render: ({ teamIds }) => namesOf(teamIds, teams) || <span className="q-quiet">{t('noTeams')}</span>,
        },
        {
          title: t('second'),
          render: (agent) => (agent.twoFactorEnabled ? s('on') : <span className="q-quiet">{s('off')}</span>),
        },
        {
          title: t('lastSeen'),
          render: ({ lastSeenAt }) =>
            lastSeenAt ? <When at={lastSeenAt} /> : <span className="q-quiet">{t('never')}</span>,
        },
        manage && {
          title: s('edit'),
          actions: true,
          render: (agent) => (
            <Button size="small" aria-label={t('edit', { name: agent.name })} onClick={() => setEditing(agent.id)}>
              {s('edit')}
            </Button>
          ),
        },
      ]}
    >
      {edited ? <AgentPanel key={edited.id} agent={edited} onClose={() => setEditing(null)} /> : null}
      {manage ? <InvitationList /> : null}
      {inviting ? <InvitePanel onClose={() => setInviting(false)} /> : null}
    </ListPage>
  )
}
