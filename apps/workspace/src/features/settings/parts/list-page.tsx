import { Button } from 'antd'
import type { ReactNode } from 'react'
import { DataTable, type DataTableProps } from '../../../shared/data-table.tsx'
import { EmptyState } from '../../../shared/empty-state.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import type { PageKey } from '../pages.ts'
import { words } from '../words.ts'
import { ReadOnlyNote } from './read-only-note.tsx'

interface ListPageProps<Row> extends Omit<DataTableProps<Row>, 'empty'> {
  page: PageKey
  intro: ReactNode
  empty: { title: string; hint?: string }
  /** Makes a new one; false for those who may only look. Pages that nobody can add to have none. */
  add?: { label: string; onClick: () => void } | false
  /** What narrows the list. */
  filter?: ReactNode
  /** What else belongs to the page, and the panels that it opens. */
  children?: ReactNode
}

/** A page of the settings that is a list of one kind of thing. */
export function ListPage<Row extends { id: string }>(props: ListPageProps<Row>) {
  const { page, intro, query, columns, empty, add, filter, children } = props
  const t = useWords(words)
  const button = add ? (
    <Button type="primary" onClick={add.onClick}>
      {add.label}
    </Button>
  ) : null
  return (
    <PageFrame title={t(`page.${page}`)} intro={intro} actions={button} wide>
      {add === false ? <ReadOnlyNote /> : null}
      {filter ? <div className="st-filter">{filter}</div> : null}
      <DataTable query={query} columns={columns} empty={<EmptyState {...empty} />} />
      {children}
    </PageFrame>
  )
}
