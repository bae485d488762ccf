import { lazyRouteComponent } from '@tanstack/react-router'
import { pagePart } from '../shared/part.ts'

/** The component of a route, loaded on the first visit. */
export const page = <Module extends Record<string, unknown>, Name extends keyof Module & string>(
  load: () => Promise<Module>,
  name: Name,
) => lazyRouteComponent(pagePart(load), name)
