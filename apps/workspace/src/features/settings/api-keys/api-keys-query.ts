import { listApiKeys } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await call(listApiKeys, {}, { signal })).keys,
})
