import { type Permission, type Role, can } from '@qiao/protocol'

export const groups = ['service', 'routing', 'people', 'organisation', 'developers'] as const

/** Every page of the settings, in the order of the navigation, with who may open it. */
export const pages = [
  { key: 'inboxes', group: 'service', permission: 'inboxes.read' },
  { key: 'hours', group: 'service', permission: 'inboxes.read' },
  { key: 'queues', group: 'routing', permission: 'routing.read' },
  { key: 'skills', group: 'routing', permission: 'routing.read' },
  { key: 'capacity', group: 'routing', permission: 'routing.read' },
  { key: 'codes', group: 'routing', permission: 'routing.read' },
  { key: 'simulate', group: 'routing', permission: 'routing.supervise' },
  { key: 'staff', group: 'people', permission: 'staff.read' },
  { key: 'teams', group: 'people', permission: 'staff.read' },
  { key: 'organisation', group: 'organisation', permission: 'settings.manage' },
  { key: 'audit', group: 'organisation', permission: 'audit.read' },
  { key: 'api-keys', group: 'developers', permission: 'settings.manage' },
  { key: 'webhooks', group: 'developers', permission: 'webhooks.manage' },
] as const satisfies { key: string; group: (typeof groups)[number]; permission: Permission }[]

export type PageKey = (typeof pages)[number]['key']

export const pagesFor = (role: Role) => pages.filter((page) => can(role, page.permission))

/** The page that a path belongs to: /settings/webhooks/42 is `webhooks`. */
export const pageOfPath = (path: string) => pages.find((page) => path.split('/')[2] === page.key) ?? null
