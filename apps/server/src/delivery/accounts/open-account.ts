import type { Capabilities, Channel } from '@qiao/channels'
import type { Inbox } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { readInbox } from '#inboxes'
import { randomToken } from '#platform/crypto'
import type { ChannelAccounts } from '#platform/database/schema.gen'
import type { Database } from '#platform/database/connect'
import { type ChannelDeps, channelOf } from '../channel-deps.ts'
import { type RawConfig, secretValues } from './config-form.ts'

/** An inbox with its channel and its configuration, readable. */
export interface Account {
  inbox: Inbox
  channel: Channel
  /** What it can do: of some channels each account has its own. */
  capabilities: Capabilities
  /** Checked by the channel's schema. */
  config: unknown
  /** Still accepted from the provider. */
  previous: unknown
  secrets: readonly string[]
  callbackUrl: string
  row: Selectable<ChannelAccounts>
}

export const purposeOf = (inboxId: string): string => `channel account ${inboxId}`

export const callbackUrlOf = ({ url }: Pick<ChannelDeps, 'url'>, key: string): string => `${url}/channels/${key}`

type Deps = Pick<ChannelDeps, 'db' | 'clock' | 'sealer' | 'url' | 'channels'>

/** Null when the inbox is of no channel here, or nobody has configured it. */
export async function openAccount(deps: Deps, inboxId: string): Promise<Account | null> {
  const row = await deps.db
    .selectFrom('channel_accounts')
    .selectAll()
    .where('inbox_id', '=', inboxId)
    .executeTakeFirst()
  return row ? openRow(deps, row) : null
}

export async function openAccountByKey(deps: Deps, key: string): Promise<Account | null> {
  const row = await deps.db
    .selectFrom('channel_accounts')
    .selectAll()
    .where('callback_key', '=', key)
    .executeTakeFirst()
  return row ? openRow(deps, row) : null
}

async function openRow(deps: Deps, row: Selectable<ChannelAccounts>): Promise<Account | null> {
  const inbox = await readInbox(deps.db, row.inbox_id)
  const channel = inbox && channelOf(deps, inbox.channel)
  if (!channel || row.config === null) return null
  const raw = unseal(deps, row.inbox_id, row.config)
  const older = row.previous_until && row.previous_until > deps.clock.now() ? row.previous_config : null
  const previous = older === null ? null : unseal(deps, row.inbox_id, older)
  const parsed = channel.config.safeParse(raw)
  if (!parsed.success) return null
  return {
    inbox,
    channel,
    capabilities: channel.capabilitiesOf?.(parsed.data) ?? channel.capabilities,
    config: parsed.data,
    previous: previous && (channel.config.safeParse(previous).data ?? null),
    secrets: [...secretValues(channel, raw), ...(previous ? secretValues(channel, previous) : [])],
    callbackUrl: callbackUrlOf(deps, row.callback_key),
    row,
  }
}

export const unseal = ({ sealer }: Pick<ChannelDeps, 'sealer'>, inboxId: string, sealed: string): RawConfig =>
  JSON.parse(sealer.open(sealed, purposeOf(inboxId)))

/** The callback address is asked for before there is a configuration, so the row is made by whoever looks first. */
export async function ensureAccount(db: Database, inboxId: string): Promise<Selectable<ChannelAccounts>> {
  await db
    .insertInto('channel_accounts')
    .values({ inbox_id: inboxId, callback_key: randomToken() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return db.selectFrom('channel_accounts').selectAll().where('inbox_id', '=', inboxId).executeTakeFirstOrThrow()
}
