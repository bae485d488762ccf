import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { shellRoute } from './shell-route.tsx'

const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/settings-layout.tsx'), 'SettingsLayout'),
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
  component: lazyRouteComponent(() => import('../features/profile/profile-page.tsx'), 'ProfilePage'),
})
const pageRoutes = [
  ['/inboxes', lazyRouteComponent(() => import('../features/settings/inboxes/inboxes-page.tsx'), 'InboxesPage')],
  [
    '/inboxes/$inboxId/{-$section}',
    lazyRouteComponent(() => import('../features/settings/inbox-editor/inbox-editor-page.tsx'), 'InboxEditorPage'),
  ],
  ['/hours', lazyRouteComponent(() => import('../features/settings/hours/hours-page.tsx'), 'HoursPage')],
  [
    '/hours/$calendarId',
    lazyRouteComponent(() => import('../features/settings/hours/calendar-page.tsx'), 'CalendarPage'),
  ],
  ['/queues', lazyRouteComponent(() => import('../features/settings/queues/queues-page.tsx'), 'QueuesPage')],
  [
    '/queues/$queueId/{-$section}',
    lazyRouteComponent(() => import('../features/settings/queues/queue-editor-page.tsx'), 'QueueEditorPage'),
  ],
  ['/skills', lazyRouteComponent(() => import('../features/settings/skills/skills-page.tsx'), 'SkillsPage')],
  ['/capacity', lazyRouteComponent(() => import('../features/settings/capacity/capacity-page.tsx'), 'CapacityPage')],
  [
    '/capacity/$profileId',
    lazyRouteComponent(() => import('../features/settings/capacity/profile-page.tsx'), 'CapacityProfilePage'),
  ],
  ['/codes', lazyRouteComponent(() => import('../features/settings/codes/codes-page.tsx'), 'CodesPage')],
  ['/simulate', lazyRouteComponent(() => import('../features/settings/simulate/simulate-page.tsx'), 'SimulatePage')],
  ['/staff', lazyRouteComponent(() => import('../features/settings/staff/staff-page.tsx'), 'StaffPage')],
  ['/teams', lazyRouteComponent(() => import('../features/settings/teams/teams-page.tsx'), 'TeamsPage')],
  [
    '/organisation',
    lazyRouteComponent(() => import('../features/settings/organisation/organisation-page.tsx'), 'OrganisationPage'),
  ],
  ['/api-keys', lazyRouteComponent(() => import('../features/settings/api-keys/api-keys-page.tsx'), 'ApiKeysPage')],
  ['/webhooks', lazyRouteComponent(() => import('../features/settings/webhooks/webhooks-page.tsx'), 'WebhooksPage')],
  [
    '/webhooks/$webhookId',
    lazyRouteComponent(() => import('../features/settings/webhooks/webhook-page.tsx'), 'WebhookPage'),
  ],
  ['/audit', lazyRouteComponent(() => import('../features/settings/audit/audit-page.tsx'), 'AuditPage')],
] as const

/** /settings/…, below `shellRoute`; each page loads on first visit. */
export const settingsRoutes: AnyRoute[] = [
  settingsRoute.addChildren([
    indexRoute,
    profileRoute,
    ...pageRoutes.map(([path, component]) => createRoute({ getParentRoute: () => settingsRoute, path, component })),
  ]),
]
