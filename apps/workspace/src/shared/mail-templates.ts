import { listMailTemplates } from '@qiao/protocol'
import { queryOptions } from '@tanstack/react-query'
import { call } from './api.ts'

/** Those that can be used in an inbox. Read anew when somebody changes one: the socket says `templates`. */
export const mailTemplatesQuery = (inboxId: string) =>
  queryOptions({
    queryKey: ['templates', 'of-mails', inboxId] as const,
    queryFn: async ({ signal }) => (await call(listMailTemplates, { query: { inboxId } }, { signal })).templates,
    staleTime: 60_000,
  })

/** Opens the list of them while a mail is written. */
export const templateKeys = 'mod+;'
