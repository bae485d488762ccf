import type pg from 'pg'
import { type Claim, claimOffers, type MadeOffer } from './claim-offers.ts'
import { readOpenOffers } from './read-offers.ts'

/**
 * Claims, and reads what rings from now on right behind it in the same turn. The next decision need not wait for what is
 * read, so that comes as a promise.
 */
export async function makeOffers(
  pool: pg.Pool,
  claims: readonly Claim[],
  now: Date,
): Promise<{ made: MadeOffer[]; ringing: ReturnType<typeof readOpenOffers> }> {
  if (claims.length === 0) return { made: [], ringing: Promise.resolve([]) }
  const client = await pool.connect()
  const { offerIds, made } = claimOffers(client, claims, now)
  const ringing = readOpenOffers(client, { ids: offerIds })
  void Promise.allSettled([made, ringing]).then(() => client.release())
  return { made: await made, ringing }
}
