import type { Capabilities } from '@qiao/channels'

/** After this long a chat message is not what the customer waits for any more. */
const usual = { forMs: 6 * 3_600_000, mostApartMs: 600_000 }
const firstMs = 2_000

/** After how many milliseconds to try again, ever less often; null when it is over. `at` is between 0 and 1, by chance. */
export function whenToTry(
  { tries = usual }: Pick<Capabilities, 'tries'>,
  { attempts, sinceMs }: { attempts: number; sinceMs: number },
  at: number,
): number | null {
  if (sinceMs > tries.forMs) return null
  return Math.min(tries.mostApartMs, firstMs * 2 ** attempts) * (0.75 + at / 2)
}
