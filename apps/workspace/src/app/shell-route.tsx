import { createRoute, redirect } from '@tanstack/react-router'
import { hasCode } from '../shared/api.ts'
import { meQuery } from '../shared/session.ts'
import { AppShell } from './app-shell.tsx'
import { rootRoute } from './root-route.tsx'

/** Everything that wants a signed-in agent hangs below it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: AppShell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (hasCode(error, 'not-signed-in') || hasCode(error, 'session-expired')) {
        throw redirect({ href: `/sign-in?next=${encodeURIComponent(location.href)}` })
      }
      throw error
    }
  },
})
