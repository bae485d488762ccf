const firstMs = 1000
const capMs = 30_000

/**
 * How long to wait before try number `attempt` (from 0). Half is fixed, half is chance: after a restart of the server
 * its visitors must not come back all in one moment.
 */
export function backOffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(capMs, firstMs * 2 ** Math.min(attempt, 16))
  return Math.round(full / 2 + (full / 2) * random())
}
