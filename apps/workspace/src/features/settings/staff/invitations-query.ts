import { listInvitations } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async ({ signal }) => (await call(listInvitations, {}, { signal })).invitations,
})
