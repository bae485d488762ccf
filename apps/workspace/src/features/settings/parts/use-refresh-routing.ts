import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { routingSettingsQuery } from '../../../shared/staff.ts'

/** Queues, skills, profiles and codes come in one answer: after a change of one, it is asked for again. */
export function useRefreshRouting(): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(() => client.invalidateQueries({ queryKey: routingSettingsQuery.queryKey }), [client])
}
