import { Fragment, type ReactNode, useState } from 'react'
import { type SortColumn, SortHead, type Sorting, sorted, useSteadyOrder } from './sorting.tsx'
import { useTableBody } from './use-table-body.ts'

interface Props<Key extends string, Row> {
  kind: 'queues' | 'agents'
  label: string
  columns: readonly SortColumn<Key, Row>[]
  rows: readonly Row[]
  idOf: (row: Row) => string
  children: (row: Row) => ReactNode
}

/** A table of the board: sorted by any column, and still while somebody is about to press something in it. */
export function LiveTable<Key extends string, Row>({ kind, label, columns, rows, idOf, children }: Props<Key, Row>) {
  const [sorting, setSorting] = useState<Sorting<Key>>({ by: null, down: false })
  const [body, over] = useTableBody()
  const shown = useSteadyOrder(sorted(rows, columns, sorting), idOf, over)
  return (
    <div className="q-board-scroll">
      <table className={`q-board-table q-board-${kind}`} aria-label={label}>
        <colgroup>
          {columns.map(({ key }) => (
            <col key={key} className={`q-col-${key}`} />
          ))}
        </colgroup>
        <SortHead columns={columns} sorting={sorting} onSort={setSorting} />
        <tbody ref={body}>
          {shown.map((row) => (
            <Fragment key={idOf(row)}>{children(row)}</Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
