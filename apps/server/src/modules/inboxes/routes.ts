import * as api from '@qiao/protocol'
import { type AccessChange, actorOf, refused } from '#access'
import { type Route, route } from '#platform/http/route'
import { createCalendar, deleteCalendar, updateCalendar } from './calendars.ts'
import { createInbox } from './create-inbox.ts'
import { listInboxSecrets, rotateInboxSecret } from './inbox-secrets.ts'
import type { Inboxes } from './inboxes.ts'
import { addSavedPlace, readSavedPlaces, removeSavedPlace } from './saved-places.ts'
import { seesInbox } from './sight.ts'
import { signInRoutes } from './sign-in-routes.ts'
import type { SignInDeps } from './sign-in-settings.ts'
import { membersOfTeams, readCalendars, requireInbox, readInboxes } from './store.ts'
import { deleteInbox, updateInbox } from './update-inbox.ts'

export function inboxRoutes(inboxes: Inboxes & SignInDeps): Route[] {
  const { db, clock, sealer, access, channels } = inboxes
  const changed = (sight: AccessChange): void => {
    if (sight.agentIds.length > 0) access.announce(sight)
    inboxes.announce('inboxes')
  }
  return [
    route(api.listInboxes, async (_input, { principal }) => ({
      inboxes: (await readInboxes(db)).filter((inbox) => seesInbox(principal, inbox.id)),
    })),
    route(api.createInbox, async ({ body }, context) => {
      if (channels && !channels.includes(body.channel)) throw refused('channel', 'There is no such channel')
      const inbox = await db.transaction().execute((tx) => createInbox(tx, actorOf(context), body, clock.now()))
      changed({ agentIds: await membersOfTeams(db, inbox.teamIds), reason: 'inboxes' })
      return inbox
    }),
    route(api.updateInbox, async ({ params, body }, context) => {
      const { id } = params
      changed(await db.transaction().execute((tx) => updateInbox(tx, actorOf(context), id, body, clock.now())))
      return requireInbox(db, id)
    }),
    route(api.deleteInbox, async ({ params: { id } }, context) => {
      changed(await db.transaction().execute((tx) => deleteInbox(tx, actorOf(context), id, clock.now())))
    }),
    route(api.listInboxSecrets, async ({ params }) => ({
      secrets: await listInboxSecrets(db, params.id, clock.now()),
    })),
    route(api.rotateInboxSecret, ({ params, body }, context) => {
      const wanted = { inboxId: params.id, keepOldHours: body.keepOldHours }
      return db.transaction().execute((tx) => rotateInboxSecret(tx, sealer, actorOf(context), wanted, clock.now()))
    }),
    ...signInRoutes(inboxes),
    route(api.listSavedPlaces, async () => ({ places: await readSavedPlaces(db) })),
    route(api.createSavedPlace, ({ body }, context) =>
      db.transaction().execute((tx) => addSavedPlace(tx, actorOf(context), body, clock.now())),
    ),
    route(api.deleteSavedPlace, async ({ params }, context) => {
      await db.transaction().execute((tx) => removeSavedPlace(tx, actorOf(context), params.id, clock.now()))
    }),
    route(api.listCalendars, async () => ({ calendars: await readCalendars(db) })),
    route(api.createCalendar, async ({ body }, context) => {
      const calendar = await db.transaction().execute((tx) => createCalendar(tx, actorOf(context), body, clock.now()))
      inboxes.announce('calendars')
      return calendar
    }),
    route(api.updateCalendar, async ({ params, body }, context) => {
      const calendar = await db
        .transaction()
        .execute((tx) => updateCalendar(tx, actorOf(context), params.id, body, clock.now()))
      inboxes.announce('calendars')
      return calendar
    }),
    route(api.deleteCalendar, async ({ params }, context) => {
      await db.transaction().execute((tx) => deleteCalendar(tx, actorOf(context), params.id, clock.now()))
      inboxes.announce('calendars')
    }),
  ]
}
