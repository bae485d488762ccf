import { isProblem, type Template } from '@qiao/channels'
import { settingsChanged } from '#conversations'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { messageOf } from '#platform/thrown'
import { keepListProblem, type ListedTemplate, replaceList } from '#templates'
import { cleaner, contextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'

export const refreshTemplatesJob = 'refresh-templates'

/** Not every provider tells what it decides. */
const whileReviewedMs = 300_000

export const refreshJob = (inboxId: string, runAt?: Date): JobRequest => ({
  name: refreshTemplatesJob,
  payload: { inboxId },
  key: `${refreshTemplatesJob}:${inboxId}`,
  queue: `${refreshTemplatesJob}:${inboxId}`,
  maxAttempts: 3,
  ...(runAt ? { runAt } : {}),
})

export const listedOf = ({ components, reason, places, header, ...template }: Template): ListedTemplate => ({
  name: template.name,
  title: template.title ?? null,
  language: template.language,
  category: template.category,
  state: template.state,
  reason: reason ?? null,
  text: template.text,
  parameters: [...template.parameters],
  places: [...(places ?? [])],
  header: header ?? null,
  components: [...(components ?? [{ part: 'body' as const, text: template.text }])],
})

/** Asks the provider and keeps what it says; what was known stays when it cannot be asked. */
export async function refreshTemplates(deps: ChannelDeps, inboxId: string, signal?: AbortSignal): Promise<void> {
  const account = await openAccount(deps, inboxId)
  if (!account?.channel.templates) return
  const listed = await askFor(deps, account, signal)
  if ('code' in listed) await keepListProblem(deps.db, inboxId, cleaner(account.secrets)(listed))
  else {
    const now = deps.clock.now()
    await replaceList(deps.db, inboxId, listed.map(listedOf), now)
    if (listed.some(({ state }) => state === 'pending')) {
      await addJobs(deps.db, [refreshJob(inboxId, new Date(now.getTime() + whileReviewedMs))])
    }
  }
  deps.bus.publish(settingsChanged, { what: 'templates' })
}

/** A channel that throws has a bug; its list is as it was. */
async function askFor(deps: ChannelDeps, account: Account, signal: AbortSignal | undefined) {
  try {
    const listed = (await account.channel.templates?.list(contextOf(deps, account, signal))) ?? []
    return isProblem(listed) ? listed : [...listed]
  } catch (error) {
    const reason = cleaner(account.secrets)(messageOf(error))
    deps.log.error({ inboxId: account.inbox.id, reason }, 'templates could not be asked for')
    return { code: 'provider-failed' as const, detail: reason.slice(0, 500) }
  }
}

/** By the clock: providers do not tell of everything. */
export async function refreshAllTemplates(deps: ChannelDeps): Promise<void> {
  const listing = deps.channels.flatMap(({ about, templates }) => (templates ? [about.id] : []))
  if (listing.length === 0) return
  const rows = await deps.db
    .selectFrom('inboxes')
    .innerJoin('channel_accounts', 'channel_accounts.inbox_id', 'inboxes.id')
    .select('inboxes.id')
    .where('channel', 'in', listing)
    .where('paused_at', 'is', null)
    .where('config', 'is not', null)
    .execute()
  await addJobs(
    deps.db,
    rows.map(({ id }) => refreshJob(id)),
  )
}
