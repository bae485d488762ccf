import { expect, test } from 'vitest'
import { raceForWork } from '../../../bench/support/race.ts'
import { hasRedis } from '../../../bench/support/redis.ts'

/** A small version of what `npm run soak` does with four servers, 200 agents and 10,000 customers. */
test.skipIf(!hasRedis())(
  'agents on two servers get each customer once, in order, within their limits, while the elected router is killed',
  async () => {
    const result = await raceForWork({ servers: 2, agents: 12, items: 150, kills: 1 })
    expect(result.faults).toEqual([])
    expect(result.accepted).toBe(150)
    expect(result.failOverSeconds).toBeLessThan(Infinity)
  },
  240_000,
)
