import { listDevices } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../shared/api.ts'

export const devicesKey = ['devices']
export const devicesQuery = queryOptions({
  queryKey: devicesKey,
  queryFn: async ({ signal }) => (await call(listDevices, {}, { signal })).devices,
})
