import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from './i18n.ts'
import { Load, type Loaded } from './load.tsx'
import { sharedWords } from './words.ts'
import './page-frame.css'

export interface Column<Row> {
  title: string
  render: (row: Row) => ReactNode
  /** Holds what can be done with a row: at the end of the line, its title is only read out. */
  actions?: boolean
}

export interface DataTableProps<Row> {
  /** A list, or the rows of all pages loaded so far. */
  query: Loaded<Row[]> & { hasNextPage?: boolean; isFetchingNextPage?: boolean; fetchNextPage?: () => unknown }
  /** Those that do not apply to the viewer are false. */
  columns: (Column<Row> | false)[]
  empty: ReactNode
}

export function DataTable<Row extends { id: string }>({ query, columns, empty }: DataTableProps<Row>) {
  const t = useWords(sharedWords)
  const shown = columns.filter((column) => column !== false)
  const end = ({ actions }: Column<Row>) => (actions ? 'q-table-end' : undefined)
  return (
    <Load query={query}>
      {(rows) =>
        rows.length === 0 ? (
          empty
        ) : (
          <>
            <div className="q-table-scroll">
              <table className="q-table">
                <thead>
                  <tr>
                    {shown.map((column) => (
                      <th key={column.title} scope="col" className={end(column)}>
                        {column.actions ? <span className="sr-only">{column.title}</span> : column.title}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      {shown.map((column) => (
                        <td key={column.title} className={end(column)}>
                          {column.render(row)}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {query.hasNextPage ? (
              <Button
                className="q-table-more"
                loading={query.isFetchingNextPage ?? false}
                onClick={() => void query.fetchNextPage?.()}
              >
                {t('more')}
              </Button>
            ) : null}
          </>
        )
      }
    </Load>
  )
}
