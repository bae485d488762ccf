import type { QueryClient } from '@tanstack/react-query'

const read = [
  ['conversations', 'list'],
  ['conversations', 'timeline'],
] as const

/** Acts once no list and no thread is being read, at once if none is; not after `signal`. */
export function afterReading(client: QueryClient, act: () => void, signal?: AbortSignal): void {
  const isReading = (): boolean => read.some((queryKey) => client.isFetching({ queryKey }) > 0)
  if (!isReading()) return act()
  const stop = client.getQueryCache().subscribe(() => {
    if (!signal?.aborted && isReading()) return
    stop()
    if (!signal?.aborted) act()
  })
}
