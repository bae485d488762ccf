import { z } from 'zod'

export const roles = ['admin', 'lead', 'agent'] as const
export const role = z.enum(roles)
export type Role = z.infer<typeof role>

/** One table for server, screens and docs. Sight (which inboxes) is bounded by teams as well; see `canSee` on the server. */
export const permissionTable = {
  'conversations.read': ['admin', 'lead', 'agent'],
  'conversations.work': ['admin', 'lead', 'agent'],
  /** Assign or transfer work that somebody else holds. */
  'conversations.assign-others': ['admin', 'lead'],
  'contacts.read': ['admin', 'lead', 'agent'],
  'contacts.write': ['admin', 'lead', 'agent'],
  'contacts.block': ['admin', 'lead'],
  /** Only of contacts all of which the caller sees. */
  'contacts.merge': ['admin', 'lead', 'agent'],
  'contacts.unmerge': ['admin', 'lead'],
  'staff.read': ['admin', 'lead', 'agent'],
  'staff.manage': ['admin'],
  'teams.manage': ['admin'],
  'inboxes.read': ['admin', 'lead', 'agent'],
  'inboxes.manage': ['admin'],
  'settings.manage': ['admin'],
  'webhooks.manage': ['admin'],
  'audit.read': ['admin'],
  /** Names of queues, skills and codes. */
  'routing.read': ['admin', 'lead', 'agent'],
  /** Own state, offers, wrap-up. */
  'routing.work': ['admin', 'lead', 'agent'],
  /** The board of one's teams: whisper, take over, states of agents, priorities, pausing. */
  'routing.supervise': ['admin', 'lead'],
  'routing.manage': ['admin'],
  'self.manage': ['admin', 'lead', 'agent'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissionTable

export const can = (who: Role, permission: Permission): boolean =>
  (permissionTable[permission] as readonly Role[]).includes(who)
