import { Tooltip } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../shared/i18n.ts'
import { words } from './words.ts'

export interface Sorting<Key extends string> {
  by: Key | null
  down: boolean
}

export interface SortColumn<Key extends string, Row> {
  key: Key
  title: string
  hint?: string
  /** Sorted downwards first, where more is more urgent. */
  value?: (row: Row) => number | string | null
  number?: boolean
}

/** What has no value comes last, whichever way it is sorted. */
export function sorted<Key extends string, Row>(
  rows: readonly Row[],
  columns: readonly SortColumn<Key, Row>[],
  { by, down }: Sorting<Key>,
): Row[] {
  const value = columns.find((column) => column.key === by)?.value
  if (!value) return [...rows]
  return rows.toSorted((one, other) => {
    const a = value(one)
    const b = value(other)
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    const order = typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b)
    return down ? -order : order
  })
}

/** Rows that are sorted by what changes would run away under the pointer: while it is over them they keep their places. */
export function useSteadyOrder<Row>(rows: readonly Row[], idOf: (row: Row) => string, held: boolean): Row[] {
  const [kept, setKept] = useState<string[] | null>(null)
  if (!held) {
    if (kept !== null) setKept(null)
    return [...rows]
  }
  const ids = kept ?? rows.map(idOf)
  if (kept === null) setKept(ids)
  const place = new Map(ids.map((id, index) => [id, index]))
  return rows.toSorted((a, b) => (place.get(idOf(a)) ?? rows.length) - (place.get(idOf(b)) ?? rows.length))
}

interface HeadProps<Key extends string, Row> {
  columns: readonly SortColumn<Key, Row>[]
  sorting: Sorting<Key>
  onSort: (sorting: Sorting<Key>) => void
}

export function SortHead<Key extends string, Row>({ columns, sorting, onSort }: HeadProps<Key, Row>) {
  const t = useWords(words)
  const sort = ({ key, number }: SortColumn<Key, Row>): void => {
    const first = number ?? false
    if (sorting.by !== key) onSort({ by: key, down: first })
    else if (sorting.down === first) onSort({ by: key, down: !first })
    else onSort({ by: null, down: false })
  }
  const content = (column: SortColumn<Key, Row>): ReactNode => {
    if (!column.value) return <span className="sr-only">{column.title}</span>
    const shown = sorting.by === column.key
    return (
      <Tooltip title={column.hint} mouseEnterDelay={0.4}>
        <button
          type="button"
          className="q-board-sort"
          aria-label={t('sortBy', { column: column.title })}
          onClick={() => sort(column)}
        >
          {column.title}
          <span aria-hidden="true">{shown ? (sorting.down ? ' ↓' : ' ↑') : ''}</span>
        </button>
      </Tooltip>
    )
  }
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={column.number ? 'is-number' : undefined}
            aria-sort={sorting.by === column.key ? (sorting.down ? 'descending' : 'ascending') : undefined}
          >
            {content(column)}
          </th>
        ))}
      </tr>
    </thead>
  )
}
