import { listTemplates } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../api.ts'

/** Read again by `changed` frames of `templates`. */
export const templatesQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['templates', inboxId],
    queryFn: ({ signal }) => call(listTemplates, { params: { id: inboxId } }, { signal }),
    // They may have been decided about since it was last open.
    staleTime: 0,
  })
