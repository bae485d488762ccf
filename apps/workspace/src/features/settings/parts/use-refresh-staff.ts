import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { agentsQuery, inboxesQuery, teamsQuery } from '../../../shared/staff.ts'

const directory = new Set([agentsQuery, inboxesQuery, teamsQuery].map((query) => query.queryKey[0]))

/** Agents, teams and inboxes name each other: after a change of one, all are asked for again. */
export function useRefreshStaff(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(
    () => client.invalidateQueries({ predicate: ({ queryKey }) => directory.has(String(queryKey[0])) }),
    [client],
  )
}
