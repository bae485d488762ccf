import type { Route } from '#platform/http/route'
import type { Access } from './access.ts'
import { selfRoutes } from './self-routes.ts'
import { setupRoutes } from './setup-routes.ts'
import { staffRoutes } from './staff-routes.ts'

export const accessRoutes = (access: Access): Route[] => [
  ...setupRoutes(access),
  ...selfRoutes(access),
  ...staffRoutes(access),
]
