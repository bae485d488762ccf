import { listCalendars } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: async ({ signal }) => (await call(listCalendars, {}, { signal })).calendars,
})
