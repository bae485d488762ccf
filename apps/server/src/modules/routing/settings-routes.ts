import * as api from '@qiao/protocol'
import { actorOf } from '#access'
import { settingsChanged } from '#conversations'
import type { Database } from '#platform/database/connect'
import { type Route, route } from '#platform/http/route'
import { updateAgentProfile } from './agent-profiles.ts'
import { createProfile, deleteProfile, updateProfile } from './capacity-profiles.ts'
import { deleteQueue } from './delete-queue.ts'
import { createDisposition, retireDisposition, updateDisposition } from './disposition-codes.ts'
import { type HookSecrets, toHookSecret } from './hook-secrets.ts'
import { readRoutingSettings } from './read-settings.ts'
import { createReason, retireReason, updateReason } from './reason-codes.ts'
import type { RoutingDeps } from './routing-deps.ts'
import { createQueue, requireQueue, updateQueue } from './save-queue.ts'
import { createSkill, deleteSkill, renameSkill } from './skills.ts'
import { routingMoved } from './topics.ts'

interface SettingsDeps extends RoutingDeps {
  hookSecrets: HookSecrets
}

/** Queues, skills, capacity profiles, codes, and how agents take part. */
export function settingsRoutes(deps: SettingsDeps): Route[] {
  const { db, bus, clock, fetch } = deps
  /** After the commit: screens, other processes and the router read again. */
  function announce(inboxesToo = false): void {
    bus.publish(settingsChanged, { what: 'routing' })
    if (inboxesToo) bus.publish(settingsChanged, { what: 'inboxes' })
    bus.publish(routingMoved, {})
  }
  async function change<Result>(work: (tx: Database, now: Date) => Promise<Result>): Promise<Result> {
    const result = await db.transaction().execute((tx) => work(tx, clock.now()))
    announce()
    return result
  }
  const checkHook = async ({ hook }: api.QueueSettings): Promise<void> => (hook ? fetch.check(hook.url) : undefined)

  return [
    route(api.readRoutingSettings, () => readRoutingSettings(db)),
    route(api.createQueue, async ({ body }, context) => {
      await checkHook(body.settings)
      return change((tx, now) => createQueue(tx, actorOf(context), body, now))
    }),
    route(api.updateQueue, async ({ params, body }, context) => {
      await checkHook(body.settings)
      return change((tx, now) => updateQueue(tx, actorOf(context), params.id, body, now))
    }),
    route(api.deleteQueue, async ({ params, query }, context) => {
      announce(await deleteQueue(deps, actorOf(context), { id: params.id, moveTo: query.moveTo }))
    }),
    route(api.readHookSecret, async ({ params }) =>
      toHookSecret(await deps.hookSecrets.read(db, (await requireQueue(db, params.id)).id, clock.now())),
    ),
    route(api.rotateHookSecret, ({ params, body }, context) =>
      change((tx, now) => deps.hookSecrets.rotate(tx, actorOf(context), { queueId: params.id, ...body }, now)),
    ),
    route(api.createSkill, ({ body }, context) => change((tx, now) => createSkill(tx, actorOf(context), body, now))),
    route(api.updateSkill, ({ params, body }, context) =>
      change((tx, now) => renameSkill(tx, actorOf(context), { ...params, ...body }, now)),
    ),
    route(api.deleteSkill, ({ params }, context) =>
      change((tx, now) => deleteSkill(tx, actorOf(context), params.id, now)),
    ),
    route(api.createCapacityProfile, ({ body }, context) =>
      change((tx, now) => createProfile(tx, actorOf(context), body, now)),
    ),
    route(api.updateCapacityProfile, ({ params, body }, context) =>
      change((tx, now) => updateProfile(tx, actorOf(context), params.id, body, now)),
    ),
    route(api.deleteCapacityProfile, ({ params }, context) =>
      change((tx, now) => deleteProfile(tx, actorOf(context), params.id, now)),
    ),
    route(api.createReasonCode, ({ body }, context) =>
      change((tx, now) => createReason(tx, actorOf(context), body, now)),
    ),
    route(api.updateReasonCode, ({ params, body }, context) =>
      change((tx, now) => updateReason(tx, actorOf(context), { ...params, ...body }, now)),
    ),
    route(api.deleteReasonCode, ({ params }, context) =>
      change((tx, now) => retireReason(tx, actorOf(context), params.id, now)),
    ),
    route(api.createDispositionCode, ({ body }, context) =>
      change((tx, now) => createDisposition(tx, actorOf(context), body, now)),
    ),
    route(api.updateDispositionCode, ({ params, body }, context) =>
      change((tx, now) => updateDisposition(tx, actorOf(context), { ...params, ...body }, now)),
    ),
    route(api.deleteDispositionCode, ({ params }, context) =>
      change((tx, now) => retireDisposition(tx, actorOf(context), params.id, now)),
    ),
    route(api.updateAgentProfile, ({ params, body }, context) =>
      change((tx, now) => updateAgentProfile(tx, actorOf(context), { agentId: params.id, ...body }, now)),
    ),
  ]
}
