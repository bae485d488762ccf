import { type Board, type OutputOf, type readRoutingSettings, routingStates } from '@qiao/protocol'
import { Button, Segmented } from 'antd'
import { useRef, useState } from 'react'
import { EmptyState } from '../../shared/empty-state.tsx'
import { useWords } from '../../shared/i18n.ts'
import { useStaffNames, useTeams } from '../../shared/staff.ts'
import { agentRowsOf, everyReason, searchMatches } from './agent-rows.ts'
import { AgentTable } from './agent-table.tsx'
import { AlarmBar } from './alarm-bar.tsx'
import { type Filters, FilterBar, noFilters } from './filter-bar.tsx'
import { rowsOf, serversOf, teamServes } from './queue-rows.ts'
import { type OpenQueue, QueueTable } from './queue-table.tsx'
import { Totals } from './totals.tsx'
import { words } from './words.ts'

interface Props {
  settings: OutputOf<typeof readRoutingSettings>
  board: Board
}

export function BoardTables({ settings, board }: Props) {
  const t = useWords(words)
  const teams = useTeams()
  const { agents: known } = useStaffNames()
  const [filters, setFilters] = useState<Filters>(noFilters)
  const [open, setOpen] = useState<OpenQueue | null>(null)
  const staff = useRef<HTMLElement>(null)

  const team = teams.find((one) => one.id === filters.teamId)
  const allRows = rowsOf(settings.queues, board.queues)
  const rows = allRows.filter(
    ({ queue }) => (!filters.queueId || queue.id === filters.queueId) && (!team || teamServes(queue, team)),
  )
  const chosen = allRows.find(({ queue }) => queue.id === filters.queueId)
  const servers = chosen ? serversOf(chosen.queue, teams) : null
  const everybody = agentRowsOf(board.agents, {
    agents: known,
    profiles: settings.agents,
    reasons: everyReason(settings),
  })
  const inScope = everybody.filter(
    ({ agent }) => (!servers || servers.has(agent.id)) && (!team || team.agentIds.includes(agent.id)),
  )
  const agents = inScope.filter(
    (row) => (filters.state === 'all' || row.state.state === filters.state) && searchMatches(row, filters.search),
  )
  const count = (state: string): number => inScope.filter((row) => row.state.state === state).length
  const change = (part: Partial<Filters>): void => setFilters({ ...filters, ...part })
  const toStaff = (): void => {
    staff.current?.scrollIntoView({ block: 'start' })
    staff.current?.focus()
  }
  const showStaff = (queueId: string): void => {
    setFilters({ ...noFilters, queueId })
    toStaff()
  }
  const showWaiting = (id: string): void => {
    if (!rows.some(({ queue }) => queue.id === id)) setFilters(noFilters)
    setOpen({ id, what: 'waiting' })
  }
  const clear = <Button onClick={() => setFilters(noFilters)}>{t('clearFilters')}</Button>
  return (
    <>
      <AlarmBar rows={allRows} onShow={showWaiting} />
      <Totals
        rows={rows}
        agents={inScope}
        onWaiting={showWaiting}
        onAvailable={() => {
          change({ state: 'available' })
          toStaff()
        }}
      />
      <FilterBar filters={filters} queues={allRows.map(({ queue }) => queue)} teams={teams} onChange={change} />
      {rows.length === 0 ? (
        <EmptyState title={t('noMatch')} action={clear} />
      ) : (
        <QueueTable rows={rows} open={open} onOpen={setOpen} onStaff={showStaff} />
      )}
      <section ref={staff} className="q-board-staff" tabIndex={-1} aria-label={t('agents')}>
        <header>
          <h2>{t('agents')}</h2>
          <Segmented
            size="small"
            value={filters.state}
            aria-label={t('state')}
            onChange={(state) => change({ state })}
            options={[
              { value: 'all' as const, label: `${t('allStates')} ${inScope.length}` },
              ...routingStates.map((state) => ({ value: state, label: `${t(`state.${state}`)} ${count(state)}` })),
            ]}
          />
        </header>
        {agents.length === 0 ? <EmptyState title={t('noAgentMatch')} action={clear} /> : <AgentTable rows={agents} />}
      </section>
    </>
  )
}
