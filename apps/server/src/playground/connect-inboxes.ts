import type { Inbox } from '@qiao/protocol'
import type { Actor } from '#access'
import { createInbox, readInboxByKey, updateInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { messageOf } from '#platform/thrown'
import { readAccountView } from '../delivery/accounts/account-view.ts'
import { contextOf } from '../delivery/accounts/context.ts'
import { openAccount } from '../delivery/accounts/open-account.ts'
import { saveAccount } from '../delivery/accounts/save-account.ts'
import type { ChannelDeps } from '../delivery/channel-deps.ts'
import { inboxKeys } from '../demo/company.ts'
import { lookOf } from './looks.ts'
import type { Line, Phones } from './phones.ts'
import { provide } from './provisions.ts'

/**
 * Gives each simulated provider an inbox of the demo company and connects the two, as an administrator would. At every
 * start: ports and secrets are others each time. `port` is where this server listens.
 */
export async function connectInboxes(deps: ChannelDeps, phones: Phones, port: number): Promise<void> {
  const admin = await deps.db
    .selectFrom('agents')
    .select('id')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()
  if (!admin) return
  const by = { agentId: admin.id }
  for (const line of phones.lines.values()) {
    const { id } = line.channel.about
    await connectOne(deps, line, by, port).catch((error: unknown) =>
      deps.log.warn({ channel: id, reason: messageOf(error) }, 'a phone of the playground could not be connected'),
    )
  }
}

async function connectOne(deps: ChannelDeps, line: Line, by: NonNullable<Actor>, port: number): Promise<void> {
  const { channel, simulator } = line
  const inbox = await ensureInbox(deps, line, by)
  if (!inbox) return
  const { version, callbackUrl } = await readAccountView(deps, inbox.id)
  await saveAccount(deps, inbox.id, { version, config: { ...simulator.config }, keepOldHours: 0 }, by)
  const account = await openAccount(deps, inbox.id)
  const { menu } = lookOf(channel.about.id)
  if (account) {
    await channel.lifecycle.connect?.(contextOf(deps, account))
    if (menu) await channel.menus?.set(menu, contextOf(deps, account))
  }
  simulator.pointTo(reachable(callbackUrl, port))
  await provide(deps, inbox.id, by)
}

/** The public address may be a proxy's, which knows nothing of simulators. */
function reachable(callbackUrl: string, port: number): string {
  const url = new URL(callbackUrl)
  const isHere = ['localhost', '127.0.0.1'].includes(url.hostname) && url.port === String(port)
  return isHere ? callbackUrl : `http://127.0.0.1:${port}${url.pathname}`
}

/** Null when this is not the demo company, or no more. */
async function ensureInbox(
  { db, clock }: ChannelDeps,
  { channel: { about, capabilities } }: Line,
  by: Actor,
): Promise<Inbox | null> {
  const { id, name } = about
  const key = `phone-${id}`
  const known = await readInboxByKey(db, key)
  if (known) return known
  const { shop } = lookOf(id)
  const like = await readInboxByKey(db, inboxKeys[shop])
  if (!like) return null
  const { calendarId, teamIds, settings } = like
  const { defaultLocale, routing } = settings
  return db.transaction().execute(async (tx) => {
    const created = await createInbox(
      tx,
      by,
      {
        key,
        channel: id,
        name: shop === 'zh' ? `山茶集 · ${name.zh}` : `Camellia · ${name.en}`,
        calendarId,
        teamIds,
        settings: { defaultLocale, routing: { queueId: routing.queueId, departments: [] } },
      },
      clock.now(),
    )
    if (capabilities.letters) await answerFrom(tx, by, like, created.id, clock.now())
    return created
  })
}

/** Who leaves a message in the shop's chat can ask for a letter in answer, now that somebody can write one. */
async function answerFrom(tx: Database, by: Actor, { id, settings }: Inbox, mailInboxId: string, now: Date) {
  const answersFrom = { ...settings.offline.answersFrom, mailInboxId }
  await updateInbox(tx, by, id, { settings: { ...settings, offline: { ...settings.offline, answersFrom } } }, now)
}
