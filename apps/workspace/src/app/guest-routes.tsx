import { type AnyRoute, createRoute } from '@tanstack/react-router'
import { page } from './page.ts'
import { rootRoute } from './root-route.tsx'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: page(() => import('../features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: page(() => import('../features/setup/setup-page.tsx'), 'SetupPage'),
})
const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  validateSearch: (search): { token?: string | undefined } => ({ token: text(search['token']) }),
  component: page(() => import('../features/invitation/invitation-page.tsx'), 'InvitationPage'),
})
const passwordResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: (search): { token?: string | undefined; error?: string | undefined } => ({
    token: text(search['token']),
    error: text(search['error']),
  }),
  component: page(() => import('../features/password-reset/password-reset-page.tsx'), 'PasswordResetPage'),
})

/** Pages before sign-in, below `rootRoute`: /sign-in, /setup, /invitation, /reset-password. */
export const guestRoutes: AnyRoute[] = [signInRoute, setupRoute, invitationRoute, passwordResetRoute]
