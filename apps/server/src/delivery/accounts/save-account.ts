import type { ChannelAccount } from '@qiao/protocol'
import type { Selectable } from 'kysely'
import { type Actor, recordAudit } from '#access'
import { nextVersion } from '#inboxes'
import type { ChannelAccounts } from '#platform/database/schema.gen'
import { AppError } from '#platform/errors'
import { inputError } from '#platform/http/server'
import { addJobs } from '#platform/jobs/jobs'
import type { ChannelDeps } from '../channel-deps.ts'
import { accountChanged } from '../topics.ts'
import { refreshJob } from '../templates/refresh-templates.ts'
import { pullJob } from '../inbound/pull-events.ts'
import { accountView, requireChannel } from './account-view.ts'
import { type RawConfig, secretFields, withOldSecrets } from './config-form.ts'
import { ensureAccount, purposeOf, unseal } from './open-account.ts'
import { renewJob } from './renew-access.ts'

interface Wanted {
  version: number
  config: RawConfig
  keepOldHours?: number | undefined
}

const hourMs = 3_600_000
const usualKeepHours = 24

/** Throws `invalid-input` for what the channel's schema refuses and `changed-meanwhile` for an old version. */
export async function saveAccount(
  deps: ChannelDeps,
  inboxId: string,
  wanted: Wanted,
  by: NonNullable<Actor>,
): Promise<ChannelAccount> {
  const { channel } = await requireChannel(deps, inboxId)
  const before = await ensureAccount(deps.db, inboxId)
  const old = before.config === null ? null : unseal(deps, inboxId, before.config)
  const config = withOldSecrets(channel, wanted.config, old)
  const parsed = channel.config.safeParse(config)
  if (!parsed.success) throw inputError(parsed.error, 'body.config')
  const now = deps.clock.now()
  const changed = changedNames(config, old)
  const secrets = secretFields(channel).filter((name) => changed.includes(name))
  const older = olderAfter(before, { changes: secrets.length > 0, keepOldHours: wanted.keepOldHours }, now)
  const row = await deps.db.transaction().execute(async (tx) => {
    const saved = await tx
      .updateTable('channel_accounts')
      .set({
        config: deps.sealer.seal(JSON.stringify(config), purposeOf(inboxId)),
        ...nextVersion(by, now),
        ...older,
        last_problem: null,
        last_problem_at: null,
      })
      .where('inbox_id', '=', inboxId)
      .where('version', '=', wanted.version)
      .returningAll()
      .executeTakeFirst()
    if (!saved) throw new AppError('changed-meanwhile')
    // Tokens were given to the older credentials. Lasting ones name those that they belong to.
    await tx
      .deleteFrom('channel_tokens')
      .where('inbox_id', '=', inboxId)
      .where('name', 'not like', 'lasting:%')
      .execute()
    const details = { changed, secrets, oldSecretsUntil: older.previous_until?.toISOString() ?? null }
    await recordAudit(tx, by, 'channel-account.changed', { type: 'inbox', id: inboxId }, details, now)
    if (channel.templates) await addJobs(tx, [refreshJob(inboxId)])
    if (channel.pull) await addJobs(tx, [pullJob(inboxId)])
    if (channel.renewal?.runsOut(parsed.data)) await addJobs(tx, [renewJob(inboxId)])
    return saved
  })
  deps.bus.publish(accountChanged, { inboxId })
  return accountView(deps, channel, row)
}

type Older = Pick<Selectable<ChannelAccounts>, 'previous_config' | 'previous_until'>

/** What is still accepted after this change: a change of something else must not cut off who still uses the older secrets. */
function olderAfter(
  before: Older & { config: string | null },
  { changes, keepOldHours }: { changes: boolean; keepOldHours: number | undefined },
  now: Date,
): Older {
  const none: Older = { previous_config: null, previous_until: null }
  if (changes) {
    const hours = keepOldHours ?? usualKeepHours
    if (before.config === null || hours === 0) return none
    return { previous_config: before.config, previous_until: new Date(now.getTime() + hours * hourMs) }
  }
  const { previous_config: config, previous_until: until } = before
  if (config === null || !until || until <= now) return none
  const sooner = keepOldHours === undefined ? until : new Date(now.getTime() + keepOldHours * hourMs)
  if (sooner <= now) return none
  return { previous_config: config, previous_until: sooner < until ? sooner : until }
}

const changedNames = (config: RawConfig, old: RawConfig | null): string[] =>
  [...new Set([...Object.keys(config), ...Object.keys(old ?? {})])].filter(
    (name) => JSON.stringify(config[name]) !== JSON.stringify(old?.[name]),
  )
