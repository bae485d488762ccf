import type { AgentPrincipal } from '#platform/principal'

/** Agents see the inboxes of their teams, administrators all. */
export const seesInbox = ({ inboxIds }: Pick<AgentPrincipal, 'inboxIds'>, inboxId: string): boolean =>
  inboxIds === 'all' || inboxIds.includes(inboxId)
