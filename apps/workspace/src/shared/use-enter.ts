import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { safeNext } from './safe-next.ts'

/** Into the workspace as whoever has just signed in: nothing of an earlier agent is kept. */
export function useEnter(): (next?: unknown) => Promise<void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useCallback(
    async (next?: unknown) => {
      client.clear()
      await navigate({ href: safeNext(next, location.origin), replace: true })
    },
    [client, navigate],
  )
}
