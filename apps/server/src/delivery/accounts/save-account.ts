import type { ChannelAccount } from '@qiao/protocol'
import { type Actor, recordAudit } from '#access'
import { nextVersion } from '#inboxes'
import { AppError } from '#platform/errors'
import { inputError } from '#platform/http/server'
import { addJobs } from '#platform/jobs/jobs'
import type { ChannelDeps } from '../channel-deps.ts'
import { refreshJob } from '../templates/refresh-templates.ts'
import { pullJob } from '../inbound/pull-events.ts'
import { accountView, requireChannel } from './account-view.ts'
import { type RawConfig, secretFields, withOldSecrets } from './config-form.ts'
import { ensureAccount, purposeOf, unseal } from './open-account.ts'

interface Wanted {
  version: number
  config: RawConfig
  keepOldHours: number
}

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
  const row = await deps.db.transaction().execute(async (tx) => {
    const saved = await tx
      .updateTable('channel_accounts')
      .set({
        config: deps.sealer.seal(JSON.stringify(config), purposeOf(inboxId)),
        ...nextVersion(by, now),
        ...(before.config === null || wanted.keepOldHours === 0
          ? { previous_config: null, previous_until: null }
          : {
              previous_config: before.config,
              previous_until: new Date(now.getTime() + wanted.keepOldHours * 3_600_000),
            }),
        last_problem: null,
        last_problem_at: null,
      })
      .where('inbox_id', '=', inboxId)
      .where('version', '=', wanted.version)
      .returningAll()
      .executeTakeFirst()
    if (!saved) throw new AppError('changed-meanwhile')
    // Tokens were given to the older credentials.
    await tx.deleteFrom('channel_tokens').where('inbox_id', '=', inboxId).execute()
    const changed = changedNames(config, old)
    const secrets = secretFields(channel).filter((name) => changed.includes(name))
    const details = { changed, secrets, keepOldHours: wanted.keepOldHours }
    await recordAudit(tx, by, 'channel-account.changed', { type: 'inbox', id: inboxId }, details, now)
    if (channel.templates) await addJobs(tx, [refreshJob(inboxId)])
    if (channel.pull) await addJobs(tx, [pullJob(inboxId)])
    return saved
  })
  return accountView(deps, channel, row)
}

const changedNames = (config: RawConfig, old: RawConfig | null): string[] =>
  Object.keys(config).filter((name) => JSON.stringify(config[name]) !== JSON.stringify(old?.[name]))
