import type { Agent } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useCan } from '../../../shared/session.ts'
import { agentsQuery } from '../../../shared/staff.ts'
import { Load } from '../parts/load.tsx'
import { ReadOnlyNote } from '../parts/read-only-note.tsx'
import { words as settingsWords } from '../words.ts'
import { AgentPanel } from './agent-panel.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InvitePanel } from './invite-panel.tsx'
import { StaffTable } from './staff-table.tsx'
import { words } from './words.ts'

const matches = (agent: Agent, query: string): boolean =>
  `${agent.name} ${agent.publicName ?? ''} ${agent.email}`.toLowerCase().includes(query.trim().toLowerCase())

export function StaffPage() {
  const s = useWords(settingsWords)
  const t = useWords(words)
  const manage = useCan('staff.manage')
  const agents = useQuery(agentsQuery)
  const [query, setQuery] = useState('')
  const [showDisabled, setShowDisabled] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const [inviting, setInviting] = useState(false)
  const invite = (
    <Button type="primary" onClick={() => setInviting(true)}>
      {t('invite')}
    </Button>
  )
  return (
    <PageFrame title={s('page.staff')} intro={t('intro')} actions={manage ? invite : null} wide>
      {manage ? null : <ReadOnlyNote />}
      <Load query={agents}>
        {(all) => {
          const shown = all.filter((agent) => (showDisabled || !agent.disabledAt) && matches(agent, query))
          return (
            <>
              <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center', marginBlockEnd: 12 }}>
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
              </div>
              {shown.length === 0 ? <p className="q-quiet">{t('noMatch', { query })}</p> : null}
              {shown.length > 0 ? <StaffTable agents={shown} onEdit={manage ? setEditing : null} /> : null}
              <AgentPanel agent={all.find((agent) => agent.id === editing) ?? null} onClose={() => setEditing(null)} />
            </>
          )
        }}
      </Load>
      {manage ? <InvitationList /> : null}
      {manage ? <InvitePanel open={inviting} onClose={() => setInviting(false)} /> : null}
    </PageFrame>
  )
}
