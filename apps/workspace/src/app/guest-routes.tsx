import type { AnyRoute } from '@tanstack/react-router'

/** Pages before sign-in, below `rootRoute`: /sign-in, /setup, /invitation, /reset-password. */
export const guestRoutes: AnyRoute[] = []
