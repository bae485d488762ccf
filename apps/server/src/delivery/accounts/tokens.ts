import { type FreshToken, isProblem, type Tokens } from '@qiao/channels'
import type { ChannelDeps } from '../channel-deps.ts'

/** Taken for over this long before it is: a request with it is still under way then. */
const marginMs = 60_000

const purposeOf = (inboxId: string, name: string): string => `channel token ${inboxId} ${name}`

/** Many providers void the older token when a newer one is made: whoever fetches does so alone, in all processes. */
export function createTokens({ db, sealer, clock, locks }: ChannelDeps, inboxId: string): Tokens {
  async function stored(name: string): Promise<{ value: string; sealed: string; expiresAt: Date } | null> {
    const row = await db
      .selectFrom('channel_tokens')
      .select(['value', 'expires_at'])
      .where('inbox_id', '=', inboxId)
      .where('name', '=', name)
      .executeTakeFirst()
    if (!row) return null
    return { value: sealer.open(row.value, purposeOf(inboxId, name)), sealed: row.value, expiresAt: row.expires_at }
  }
  async function valid(name: string): Promise<string | null> {
    const known = await stored(name)
    return known && known.expiresAt > clock.now() ? known.value : null
  }
  async function put(name: string, { value, expiresInMs }: FreshToken): Promise<void> {
    const lasts = Math.max(expiresInMs - marginMs, expiresInMs / 2)
    const row = {
      value: sealer.seal(value, purposeOf(inboxId, name)),
      expires_at: new Date(clock.now().getTime() + lasts),
    }
    await db
      .insertInto('channel_tokens')
      .values({ inbox_id: inboxId, name, ...row })
      .onConflict((conflict) => conflict.columns(['inbox_id', 'name']).doUpdateSet(row))
      .execute()
  }
  return {
    put,
    async get(name, fetchToken) {
      const known = await valid(name)
      if (known !== null) return known
      return locks.hold(`channel token ${inboxId} ${name}`, async () => {
        const meanwhile = await valid(name)
        if (meanwhile !== null) return meanwhile
        const fresh = await fetchToken()
        if (isProblem(fresh)) return fresh
        await put(name, fresh)
        return fresh.value
      })
    },
    async drop(name, token) {
      const known = await stored(name)
      if (known?.value !== token) return
      // By what is stored, so that one that came meanwhile stays.
      await db
        .deleteFrom('channel_tokens')
        .where('inbox_id', '=', inboxId)
        .where('name', '=', name)
        .where('value', '=', known.sealed)
        .execute()
    },
  }
}
