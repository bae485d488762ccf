import type { AgentState } from '@qiao/protocol'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { AgentRowView } from './agent-row.tsx'
import type { AgentRow } from './agent-rows.ts'
import { LiveTable } from './live-table.tsx'
import type { SortColumn } from './sorting.tsx'
import { words } from './words.ts'

type Key = 'agent' | 'number' | 'reasonTimer' | 'holding' | 'capacity' | 'actions'

const share = ({ unitsUsed, units }: AgentState): number => (units === 0 ? 0 : unitsUsed / units)

export function AgentTable({ rows }: { rows: readonly AgentRow[] }) {
  const t = useWords(words)
  const [open, setOpen] = useState<string | null>(null)
  const columns: SortColumn<Key, AgentRow>[] = [
    { key: 'agent', title: t('agent'), value: ({ agent }) => agent.name },
    { key: 'number', title: t('number'), value: ({ number }) => number },
    { key: 'reasonTimer', title: t('reasonTimer'), value: ({ state }) => Date.parse(state.since) },
    { key: 'holding', title: t('holding'), value: ({ state }) => -state.held.length },
    { key: 'capacity', title: t('capacity'), value: ({ state }) => -share(state) },
    { key: 'actions', title: t('actions') },
  ]
  return (
    <LiveTable kind="agents" label={t('agents')} columns={columns} rows={rows} idOf={({ agent }) => agent.id}>
      {(row) => (
        <AgentRowView row={row} open={open === row.agent.id} onOpen={(next) => setOpen(next ? row.agent.id : null)} />
      )}
    </LiveTable>
  )
}
