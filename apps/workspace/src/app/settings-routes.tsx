import type { AnyRoute } from '@tanstack/react-router'

/** /settings/…, below `shellRoute`; each page loads on first visit. */
export const settingsRoutes: AnyRoute[] = []
