import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import type { Clock } from '#platform/clock'
import { type Route, route } from '#platform/http/route'
import { checkSignIn } from './check-sign-in.ts'
import { readSignIn, saveSignIn, type SignInDeps } from './sign-in-settings.ts'

export function signInRoutes(deps: SignInDeps & { clock: Clock }): Route[] {
  return [
    route(api.readSignIn, ({ params }) => readSignIn(deps, params.id)),
    route(api.saveSignIn, async ({ params, body }, context) => {
      await saveSignIn(deps, params.id, body, actorOf(context), deps.clock.now())
      return readSignIn(deps, params.id)
    }),
    route(api.checkSignIn, async ({ params }) => ({ findings: await checkSignIn(deps, params.id) })),
  ]
}
