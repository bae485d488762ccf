import { useWords } from '../../shared/i18n.ts'
import type { QueueRow } from './queue-rows.ts'
import { QueueRowView } from './queue-row.tsx'
import { LiveTable } from './live-table.tsx'
import type { SortColumn } from './sorting.tsx'
import type { Counted } from './work-query.ts'
import { words } from './words.ts'

export interface OpenQueue {
  id: string
  what: Counted
}

interface Props {
  rows: readonly QueueRow[]
  open: OpenQueue | null
  onOpen: (open: OpenQueue | null) => void
  onStaff: (queueId: string) => void
}

type Key =
  | 'queue'
  | 'waiting'
  | 'longest'
  | 'offered'
  | 'held'
  | 'staff'
  | 'expected'
  | 'service'
  | 'asa'
  | 'abandoned'
  | 'actions'

export function QueueTable({ rows, open, onOpen, onStaff }: Props) {
  const t = useWords(words)
  const number = (
    key: Exclude<Key, 'queue' | 'actions'>,
    value: (row: QueueRow) => number | null,
  ): SortColumn<Key, QueueRow> => ({
    key,
    title: t(key),
    hint: t(`hint.${key}`),
    value,
    number: true,
  })
  const columns: SortColumn<Key, QueueRow>[] = [
    { key: 'queue', title: t('queue'), value: ({ queue }) => queue.name },
    number('waiting', ({ load }) => load.waiting),
    number('longest', ({ load }) => (load.longestSince ? -Date.parse(load.longestSince) : null)),
    number('offered', ({ load }) => load.offered),
    number('held', ({ load }) => load.held),
    number('staff', ({ load }) => load.available),
    number('expected', ({ load }) => load.wait?.highSeconds ?? null),
    number('service', ({ load }) => load.today.serviceLevel),
    number('asa', ({ load }) => load.today.asaSeconds),
    number('abandoned', ({ load }) => load.today.abandoned - load.today.shortAbandoned),
    { key: 'actions', title: t('actions') },
  ]
  return (
    <LiveTable kind="queues" label={t('queues')} columns={columns} rows={rows} idOf={({ queue }) => queue.id}>
      {(row) => (
        <QueueRowView
          row={row}
          open={open?.id === row.queue.id ? open.what : null}
          onOpen={(what) => onOpen(what ? { id: row.queue.id, what } : null)}
          onStaff={() => onStaff(row.queue.id)}
        />
      )}
    </LiveTable>
  )
}
