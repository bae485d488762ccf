import type { AgentState } from '@qiao/protocol'
import { useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { AgentRowView } from './agent-row.tsx'
import type { AgentRow } from './agent-rows.ts'
import { type SortColumn, SortHead, type Sorting, sorted, useSteadyOrder } from './sorting.tsx'
import { useTableBody } from './use-table-body.ts'
import { words } from './words.ts'

type Key = 'agent' | 'number' | 'reasonTimer' | 'holding' | 'capacity' | 'actions'

const share = ({ unitsUsed, units }: AgentState): number => (units === 0 ? 0 : unitsUsed / units)

export function AgentTable({ rows }: { rows: readonly AgentRow[] }) {
  const t = useWords(words)
  const [sorting, setSorting] = useState<Sorting<Key>>({ by: null, down: false })
  const [body, over] = useTableBody()
  const [open, setOpen] = useState<string | null>(null)
  const columns: SortColumn<Key, AgentRow>[] = [
    { key: 'agent', title: t('agent'), value: ({ agent }) => agent.name },
    { key: 'number', title: t('number'), value: ({ number }) => number },
    { key: 'reasonTimer', title: t('reasonTimer'), value: ({ state }) => Date.parse(state.since) },
    { key: 'holding', title: t('holding'), value: ({ state }) => -state.held.length },
    { key: 'capacity', title: t('capacity'), value: ({ state }) => -share(state) },
    { key: 'actions', title: t('actions') },
  ]
  const shown = useSteadyOrder(sorted(rows, columns, sorting), ({ agent }) => agent.id, over)
  return (
    <div className="q-board-scroll">
      <table className="q-board-table q-board-agents" aria-label={t('agents')}>
        <colgroup>
          {columns.map(({ key }) => (
            <col key={key} className={`q-col-${key}`} />
          ))}
        </colgroup>
        <SortHead columns={columns} sorting={sorting} onSort={setSorting} />
        <tbody ref={body}>
          {shown.map((row) => (
            <AgentRowView
              key={row.agent.id}
              row={row}
              open={open === row.agent.id}
              onOpen={(next) => setOpen(next ? row.agent.id : null)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}
