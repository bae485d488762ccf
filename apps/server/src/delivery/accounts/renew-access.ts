import { isProblem, type Problem, type Renewal } from '@qiao/channels'
import { settingsChanged } from '#conversations'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import type { ChannelDeps } from '../channel-deps.ts'
import { accountChanged } from '../topics.ts'
import { isDue, keep, type Kept, readKept, secretThatEnds, warnMs } from './access-kept.ts'
import { cleaner, contextOf } from './context.ts'
import { type Account, openAccount, purposeOf, unseal } from './open-account.ts'
import { recordProblem } from './record-problem.ts'

export const renewAccessJob = 'renew-access'

export const renewJob = (inboxId: string): JobRequest => ({
  name: renewAccessJob,
  payload: { inboxId },
  key: `${renewAccessJob}:${inboxId}`,
  queue: `${renewAccessJob}:${inboxId}`,
  maxAttempts: 3,
})

/** Of accounts whose access runs out. */
export async function renewAllAccess(deps: ChannelDeps): Promise<void> {
  const running = deps.channels.flatMap(({ about, renewal }) => (renewal ? [about.id] : []))
  if (running.length === 0) return
  const rows = await deps.db
    .selectFrom('inboxes')
    .innerJoin('channel_accounts', 'channel_accounts.inbox_id', 'inboxes.id')
    .select('inboxes.id')
    .where('channel', 'in', running)
    .where('config', 'is not', null)
    .execute()
  await addJobs(
    deps.db,
    rows.map(({ id }) => renewJob(id)),
  )
}

/** Alone in all processes: the second finds that it is not due any more. Also for paused inboxes, which are resumed some day. */
export const renewAccess = (deps: ChannelDeps, inboxId: string, signal?: AbortSignal): Promise<void> =>
  deps.locks.hold(`renew access ${inboxId}`, async () => {
    const account = await openAccount(deps, inboxId)
    const raw = account?.row.config == null ? null : unseal(deps, inboxId, account.row.config)
    const secret = account && raw ? secretThatEnds(account.channel, account.config, raw) : null
    const { renewal } = account?.channel ?? {}
    if (!account || secret === null || !renewal) return
    const now = deps.clock.now().getTime()
    const known = await readKept(deps.db, inboxId, secret)
    if (!isDue(known, now)) return
    const before: Kept = known ?? { seenAt: now, endsAt: null, renewedAt: null, triedAt: null, problem: null }
    const fresh = await ask(deps, account, renewal, signal)
    if (isProblem(fresh)) await noteRefusal(deps, { inboxId, secret, before, renewal }, fresh, now)
    else if (await replaceSecret(deps, account, { field: renewal.grants, before: secret, after: fresh.value }))
      await keep(deps.db, inboxId, fresh.value, {
        seenAt: now,
        endsAt: now + fresh.expiresInMs,
        renewedAt: now,
        triedAt: now,
        problem: null,
      })
    // Screens that show until when it is good.
    deps.bus.publish(settingsChanged, { what: 'inboxes' })
  })

/** A channel that throws has a bug; the access is as it was. */
async function ask(deps: ChannelDeps, account: Account, renewal: Renewal<unknown>, signal: AbortSignal | undefined) {
  const clean = cleaner(account.secrets)
  try {
    const fresh = await renewal.renew(contextOf(deps, account, signal))
    return isProblem(fresh) ? clean(fresh) : fresh
  } catch (error) {
    const reason = clean(messageOf(error))
    deps.log.error({ inboxId: account.inbox.id, reason }, 'access could not be renewed')
    return { code: 'provider-failed' as const, detail: reason.slice(0, 500) }
  }
}

interface Refused {
  inboxId: string
  secret: string
  before: Kept
  renewal: Renewal<unknown>
}

/** What is too young to be renewed is no trouble. What ends soon is trouble of the account, before it ends. */
async function noteRefusal(
  deps: ChannelDeps,
  { inboxId, secret, before, renewal }: Refused,
  problem: Problem,
  now: number,
): Promise<void> {
  const isYoung = before.endsAt === null && now - before.seenAt < renewal.notBeforeMs
  await keep(deps.db, inboxId, secret, { ...before, triedAt: now, problem: isYoung ? null : problem })
  if (!isYoung && (before.endsAt ?? 0) - now < warnMs) await recordProblem(deps.db, inboxId, problem, new Date(now))
}

/** Only in the place of the one that was renewed: somebody may have entered another meanwhile. */
async function replaceSecret(
  deps: ChannelDeps,
  { inbox }: Account,
  { field, before, after }: { field: string; before: string; after: string },
): Promise<boolean> {
  const replaced = await deps.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('channel_accounts')
      .select(['config', 'version'])
      .where('inbox_id', '=', inbox.id)
      .forUpdate()
      .executeTakeFirst()
    const raw = row?.config == null ? null : unseal(deps, inbox.id, row.config)
    if (!row || raw?.[field] !== before) return false
    const config = deps.sealer.seal(JSON.stringify({ ...raw, [field]: after }), purposeOf(inbox.id))
    // Whoever has the form open with the older one is told so, instead of putting it back.
    const next = { config, version: row.version + 1 }
    await tx.updateTable('channel_accounts').set(next).where('inbox_id', '=', inbox.id).execute()
    return true
  })
  if (replaced) deps.bus.publish(accountChanged, { inboxId: inbox.id })
  return replaced
}
