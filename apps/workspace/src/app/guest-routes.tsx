import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from './root-route.tsx'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: lazyRouteComponent(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
})
const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: (search): { token?: string | undefined } => ({ token: text(search['token']) }),
  component: lazyRouteComponent(() => import('../features/invitation/invitation-page.tsx'), 'InvitationPage'),
})
const passwordResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (search): { token?: string | undefined; error?: string | undefined } => ({
    token: text(search['token']),
    error: text(search['error']),
  }),
  component: lazyRouteComponent(
    () => import('../features/password-reset/password-reset-page.tsx'),
    'PasswordResetPage',
  ),
})

/** Pages before sign-in, below `rootRoute`: /sign-in, /setup, /invitation, /reset-password. */
export const guestRoutes: AnyRoute[] = [signInRoute, setupRoute, invitationRoute, passwordResetRoute]
