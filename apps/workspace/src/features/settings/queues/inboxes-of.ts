import type { Inbox } from '@qiao/protocol'

/** Those whose conversations wait in a queue, all of them or those of a department. */
export const inboxesOf = (queueId: string, inboxes: readonly Inbox[]): Inbox[] =>
  inboxes.filter(({ settings: { routing } }) =>
    [routing.queueId, ...routing.departments.map((department) => department.queueId)].includes(queueId),
  )
