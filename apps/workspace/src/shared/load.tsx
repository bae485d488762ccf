import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'

/** Of a query: what a screen needs to show it. */
export interface Loaded<Data> {
  data: Data | undefined
  isError: boolean
  error: unknown
  refetch: () => unknown
}

/** The first load, its failure, or the content; a refresh keeps what is on screen. */
export function Load<Data>({ query, children }: { query: Loaded<Data>; children: (data: Data) => ReactNode }) {
  if (query.data !== undefined) return children(query.data)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  return <Skeleton active title={false} paragraph={{ rows: 6 }} />
}
