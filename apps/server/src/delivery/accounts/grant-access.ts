import { createHash } from 'node:crypto'
import { isProblem, type Problem } from '@qiao/channels'
import type { finishChannelAccess, InputOf, OutputOf } from '@qiao/protocol'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#access'
import { hashToken, randomToken } from '#platform/crypto'
import { AppError } from '#platform/errors'
import type { ChannelDeps } from '../channel-deps.ts'
import { requireAccount } from './account-view.ts'
import { cleaner, contextOf } from './context.ts'
import { unseal } from './open-account.ts'
import { redirectUriOf } from './redirect-uri.ts'
import { saveAccount } from './save-account.ts'

/** Whoever may stand at a provider's password page comes back within this. */
const leaveMs = 15 * 60_000
const hashed = (token: string): string => hashToken(token).toString('hex')
/** Beside the tokens of the account: a change of its settings forgets what was begun with the older ones. */
const nameOf = (state: string): string => `access:${hashed(state)}`
const purposeOf = (name: string): string => `channel ${name}`

const begun = z.object({ verifier: z.string(), agentId: z.string(), browser: z.string() })
type Begun = z.infer<typeof begun>

/** Throws `conflict` where the settings want no access to be granted, or lack what that needs. */
export async function beginAccess(
  deps: ChannelDeps,
  inboxId: string,
  by: Pick<Begun, 'agentId' | 'browser'>,
): Promise<{ url: string }> {
  const { channel, config } = await requireAccount(deps, inboxId)
  const { authorisation } = channel
  if (!authorisation?.offer(config)?.ready) {
    throw new AppError('conflict', { detail: 'Save what signing in at the provider needs first' })
  }
  const [state, verifier] = [randomToken(), randomToken()]
  const now = deps.clock.now()
  const name = nameOf(state)
  const kept: Begun = { verifier, agentId: by.agentId, browser: hashed(by.browser) }
  await sql`delete from channel_tokens where name like 'access:%' and expires_at < ${now}`.execute(deps.db)
  await deps.db
    .insertInto('channel_tokens')
    .values({
      inbox_id: inboxId,
      name,
      value: deps.sealer.seal(JSON.stringify(kept), purposeOf(name)),
      expires_at: new Date(now.getTime() + leaveMs),
    })
    .execute()
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return { url: authorisation.address({ redirectUri: redirectUriOf(deps), state, challenge }, config) }
}

type Answer = InputOf<typeof finishChannelAccess>['body']
type Outcome = OutputOf<typeof finishChannelAccess>

/** What was granted takes the place of what was there: nothing of that is kept. */
export async function finishAccess(
  deps: ChannelDeps,
  answer: Answer,
  by: { actor: NonNullable<Actor>; agentId: string; browser: string | null },
): Promise<Outcome> {
  const found = await take(deps, answer.state)
  const isTheirs = found?.agentId === by.agentId && by.browser !== null && found.browser === hashed(by.browser)
  if (!found || !isTheirs) return { inboxId: null, problem: { code: 'access-over' } }
  const { inboxId, verifier } = found
  const account = await requireAccount(deps, inboxId)
  const { authorisation } = account.channel
  const { code } = answer
  if (!authorisation || code === undefined) return { inboxId, problem: refusalOf(answer) }
  const redirectUri = redirectUriOf(deps)
  const result = await authorisation.exchange({ code, redirectUri, verifier }, contextOf(deps, account))
  if (isProblem(result)) return { inboxId, problem: cleaner(account.secrets)(result) }
  const { version, config } = account.row
  const raw = config === null ? {} : unseal(deps, inboxId, config)
  await saveAccount(deps, inboxId, { version, config: { ...raw, ...result.fields }, keepOldHours: 0 }, by.actor)
  await sql`delete from channel_tokens where inbox_id = ${inboxId} and name like 'lasting:%'`.execute(deps.db)
  return { inboxId, problem: null }
}

/** Once: a second answer with the same state finds nothing. */
async function take({ db, sealer, clock }: ChannelDeps, state: string): Promise<(Begun & { inboxId: string }) | null> {
  const name = nameOf(state)
  const { rows } = await sql<{ inbox_id: string; value: string }>`
    delete from channel_tokens where name = ${name} and expires_at > ${clock.now()} returning inbox_id, value`.execute(
    db,
  )
  const [row] = rows
  return row ? { inboxId: row.inbox_id, ...begun.parse(JSON.parse(sealer.open(row.value, purposeOf(name)))) } : null
}

function refusalOf({ error = '', errorDescription = '' }: Answer): Problem {
  const facts = {
    ...(error ? { providerCode: error.slice(0, 100) } : {}),
    ...(errorDescription ? { detail: errorDescription.slice(0, 300) } : {}),
  }
  return { code: error === 'access_denied' ? 'access-denied' : 'access-failed', ...facts }
}
