import type { Channel } from '@qiao/channels'
import type { ChannelAccount, ChannelInfo, Inbox } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { readInbox } from '#inboxes'
import { AppError } from '#platform/errors'
import type { ChannelAccounts } from '#platform/database/schema.gen'
import { type ChannelDeps, channelOf } from '../channel-deps.ts'
import { readKept, secretThatEnds, standingOf } from './access-kept.ts'
import { formOf, type RawConfig, shownConfig } from './config-form.ts'
import { type Account, callbackUrlOf, ensureAccount, openAccount, unseal } from './open-account.ts'
import { redirectUriOf } from './redirect-uri.ts'
import { shownCapabilities } from './shown-capabilities.ts'

export const channelInfo = (channel: Channel): ChannelInfo => {
  const { id, name, summary, colour, icon, docs } = channel.about
  return {
    id,
    name,
    summary,
    colour,
    icon,
    docs,
    capabilities: shownCapabilities(channel.capabilities),
    form: formOf(channel),
    connects: channel.lifecycle.connect !== undefined,
    called: channel.webhook !== undefined,
    menus: channel.menus !== undefined,
    templates: channel.templates !== undefined,
    entrances: channel.entrance !== undefined,
  }
}

/** Throws `not-found` for an inbox that is not there and for web chat, which needs no account. */
export async function requireChannel(deps: ChannelDeps, inboxId: string): Promise<{ inbox: Inbox; channel: Channel }> {
  const inbox = await readInbox(deps.db, inboxId)
  const channel = inbox && channelOf(deps, inbox.channel)
  if (!channel) throw new AppError('not-found')
  return { inbox, channel }
}

/** Throws `conflict` for one that nobody has configured, besides what `requireChannel` throws. */
export async function requireAccount(deps: ChannelDeps, inboxId: string): Promise<Account> {
  await requireChannel(deps, inboxId)
  const account = await openAccount(deps, inboxId)
  if (!account) throw new AppError('conflict', { detail: 'Fill in the configuration first' })
  return account
}

function authorisationView(
  deps: ChannelDeps,
  channel: Channel,
  config: unknown,
  secretsSet: readonly string[],
): ChannelAccount['authorisation'] {
  const offer = channel.authorisation?.offer(config)
  if (!channel.authorisation || !offer) return null
  const granted = channel.authorisation.grants.every((name) => secretsSet.includes(name))
  return { ...offer, granted, redirectUri: redirectUriOf(deps) }
}

const at = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString())

async function accessView(
  deps: ChannelDeps,
  inboxId: string,
  channel: Channel,
  { config, raw }: { config: unknown; raw: RawConfig },
): Promise<ChannelAccount['access']> {
  const secret = secretThatEnds(channel, config, raw)
  if (secret === null) return null
  const kept = await readKept(deps.db, inboxId, secret)
  return {
    state: standingOf(kept, deps.clock.now().getTime()),
    endsAt: at(kept?.endsAt),
    renewedAt: at(kept?.renewedAt),
    problem: kept?.problem ?? null,
  }
}

export async function readAccountView(deps: ChannelDeps, inboxId: string): Promise<ChannelAccount> {
  const { channel } = await requireChannel(deps, inboxId)
  return accountView(deps, channel, await ensureAccount(deps.db, inboxId))
}

export async function accountView(
  deps: ChannelDeps,
  channel: Channel,
  row: Selectable<ChannelAccounts>,
): Promise<ChannelAccount> {
  const raw = row.config === null ? null : unseal(deps, row.inbox_id, row.config)
  const parsed = raw && channel.config.safeParse(raw)
  const callbackUrl = callbackUrlOf(deps, row.callback_key)
  const shown = raw ? shownConfig(channel, raw) : { config: null, secretsSet: [] }
  const previous = row.previous_until && row.previous_until > deps.clock.now() ? row.previous_until : null
  return {
    channel: channel.about.id,
    ...shown,
    previousUntil: previous?.toISOString() ?? null,
    callbackUrl,
    capabilities: shownCapabilities(
      (parsed?.success ? channel.capabilitiesOf?.(parsed.data) : undefined) ?? channel.capabilities,
    ),
    authorisation: parsed?.success ? authorisationView(deps, channel, parsed.data, shown.secretsSet) : null,
    access: parsed?.success && raw ? await accessView(deps, row.inbox_id, channel, { config: parsed.data, raw }) : null,
    setup: parsed?.success ? [...(channel.lifecycle.setup?.(callbackUrl, parsed.data) ?? [])] : [],
    version: row.version,
    changedAt: row.changed_at?.toISOString() ?? null,
    changedBy: row.changed_by,
  }
}
