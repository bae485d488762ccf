import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { page } from './page.ts'
import { queryClient } from './query-client.ts'
import { guestRoutes } from './guest-routes.tsx'
import { rootRoute } from './root-route.tsx'
import { settingsRoutes } from './settings-routes.tsx'
import { parseInboxSearch } from '../features/inbox/search-params.ts'
import { shellRoute } from './shell-route.tsx'
import { ErrorPage } from './error-pages.tsx'

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ href: '/inbox/mine' })
  },
})

const bareInboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/inbox',
  beforeLoad: () => {
    throw redirect({ href: '/inbox/mine' })
  },
})

const inboxRoute = createRoute({
  getParentRoute: () => shellRoute,
  validateSearch: parseInboxSearch,
  path: '/inbox/$view/{-$conversationId}',
  component: page(() => import('../features/inbox/inbox-page.tsx'), 'InboxPage'),
})

const contactsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/contacts/{-$contactId}',
  component: page(() => import('../features/contacts/contacts-page.tsx'), 'ContactsPage'),
})

const boardRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/board',
  component: page(() => import('../features/board/board-page.tsx'), 'BoardPage'),
})

const wallRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/board/wall',
  component: page(() => import('../features/board/wall-page.tsx'), 'WallPage'),
})

const routeTree = rootRoute.addChildren([
  ...guestRoutes,
  shellRoute.addChildren([
    homeRoute,
    bareInboxRoute,
    inboxRoute,
    boardRoute,
    wallRoute,
    contactsRoute,
    ...settingsRoutes,
  ]),
])

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  scrollRestoration: false,
})
