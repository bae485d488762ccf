import { listEntranceCodes, readEntranceQr } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../../shared/api.ts'

export const codesQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['inboxes', inboxId, 'entrance-codes'],
    queryFn: async ({ signal }) => (await call(listEntranceCodes, { params: { id: inboxId } }, { signal })).codes,
  })

/** Of one address: renewing gives another. */
export const qrQuery = (inboxId: string, codeId: string, url: string) =>
  queryOptions({
    queryKey: ['inboxes', inboxId, 'entrance-codes', codeId, url],
    queryFn: async ({ signal }) => (await call(readEntranceQr, { params: { id: inboxId, codeId } }, { signal })).png,
    staleTime: Infinity,
  })
