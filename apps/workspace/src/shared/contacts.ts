import { readContact } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from './api.ts'

export const contactKey = (id: string) => ['contacts', 'one', id] as const
export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: contactKey(id),
    queryFn: ({ signal }) => call(readContact, { params: { id } }, { signal }),
  })
