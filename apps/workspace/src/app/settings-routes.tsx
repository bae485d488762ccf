import { type AnyRoute, createRoute, redirect } from '@tanstack/react-router'
import { page } from './page.ts'
import { shellRoute } from './shell-route.tsx'

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: page(() => import('../features/settings/settings-layout.tsx'), 'SettingsLayout'),
})
const indexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ href: '/settings/profile' })
  },
})
const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/profile',
  component: page(() => import('../features/profile/profile-page.tsx'), 'ProfilePage'),
})
const pageRoutes = [
  ['/inboxes', page(() => import('../features/settings/inboxes/inboxes-page.tsx'), 'InboxesPage')],
  ['/inboxes/new', page(() => import('../features/settings/inboxes/choose-channel-page.tsx'), 'ChooseChannelPage')],
  [
    '/inboxes/$inboxId/{-$section}',
    page(() => import('../features/settings/inbox-editor/inbox-editor-page.tsx'), 'InboxEditorPage'),
  ],
  ['/channel-access', page(() => import('../features/settings/channel-account/access-page.tsx'), 'AccessPage')],
  ['/hours', page(() => import('../features/settings/hours/hours-page.tsx'), 'HoursPage')],
  ['/hours/$calendarId', page(() => import('../features/settings/hours/calendar-page.tsx'), 'CalendarPage')],
  ['/queues', page(() => import('../features/settings/queues/queues-page.tsx'), 'QueuesPage')],
  [
    '/queues/$queueId/{-$section}',
    page(() => import('../features/settings/queues/queue-editor-page.tsx'), 'QueueEditorPage'),
  ],
  ['/skills', page(() => import('../features/settings/skills/skills-page.tsx'), 'SkillsPage')],
  ['/capacity', page(() => import('../features/settings/capacity/capacity-page.tsx'), 'CapacityPage')],
  ['/capacity/$profileId', page(() => import('../features/settings/capacity/profile-page.tsx'), 'CapacityProfilePage')],
  ['/codes', page(() => import('../features/settings/codes/codes-page.tsx'), 'CodesPage')],
  ['/simulate', page(() => import('../features/settings/simulate/simulate-page.tsx'), 'SimulatePage')],
  ['/staff', page(() => import('../features/settings/staff/staff-page.tsx'), 'StaffPage')],
  ['/teams', page(() => import('../features/settings/teams/teams-page.tsx'), 'TeamsPage')],
  ['/organisation', page(() => import('../features/settings/organisation/organisation-page.tsx'), 'OrganisationPage')],
  ['/api-keys', page(() => import('../features/settings/api-keys/api-keys-page.tsx'), 'ApiKeysPage')],
  ['/webhooks', page(() => import('../features/settings/webhooks/webhooks-page.tsx'), 'WebhooksPage')],
  ['/webhooks/$webhookId', page(() => import('../features/settings/webhooks/webhook-page.tsx'), 'WebhookPage')],
  ['/audit', page(() => import('../features/settings/audit/audit-page.tsx'), 'AuditPage')],
] as const

/** /settings/…, below `shellRoute`; each page loads on first visit. */
export const settingsRoutes: AnyRoute[] = [
  settingsRoute.addChildren([
    indexRoute,
    profileRoute,
    ...pageRoutes.map(([path, component]) => createRoute({ getParentRoute: () => settingsRoute, path, component })),
  ]),
]
