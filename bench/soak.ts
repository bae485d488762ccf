import { table } from './support/report.ts'
import { raceForWork } from './support/race.ts'
import { hasRedis } from './support/redis.ts'
import {
  type ScenarioResult,
  serverAndDatabaseInTurn,
  serverAndDatabaseKilled,
  twoServers,
} from './support/scenarios.ts'

/**
 * `npm run soak [-- ROUNDS]`: a burst of messages by many sockets while what carries it is killed again and again. Each
 * acknowledged message must be stored exactly once, in order and without gaps, and every client must show what is stored.
 * Then the race for work: four servers, 200 agents and 10,000 customers while the elected router is killed three times.
 */
const size = { messages: 50_000, conversations: 500, sockets: 50 }
const rounds = Number(process.argv[2] ?? 1)

const scenarios: [string, () => Promise<ScenarioResult>][] = [
  ['server killed and database crashed in turn', () => serverAndDatabaseInTurn(size)],
  ['server and its database killed', () => serverAndDatabaseKilled(size)],
]
if (hasRedis()) scenarios.push(['two servers, either killed, Redis restarted', () => twoServers(size)])
else console.error('redis-server is not installed: TWO SERVERS ARE NOT TESTED')

const rows: string[][] = []
let faulty = 0
for (let round = 1; round <= rounds; round += 1) {
  for (const [name, run] of scenarios) {
    const { faults, acknowledged, seconds, resent, refused } = await run()
    for (const fault of faults.slice(0, 20)) console.error(`${name}: ${fault}`)
    faulty += faults.length
    const row = [name, acknowledged, seconds.toFixed(1), resent, refused, faults.length].map(String)
    rows.push(row)
    console.log(row.join('  '))
  }
}
if (hasRedis()) {
  const race = await raceForWork({ servers: 4, agents: 200, items: 10_000, kills: 3 })
  for (const fault of race.faults.slice(0, 20)) console.error(`race for work: ${fault}`)
  faulty += race.faults.length
  const { accepted, declined, missed, failOverSeconds, seconds } = race
  console.log(
    table(
      ['race for work', 'accepted', 'declined', 'missed', 'fail-over s', 'seconds', 'faults'],
      [
        [
          '4 servers, 200 agents, 10,000 customers, 3 kills',
          accepted,
          declined,
          missed,
          failOverSeconds.toFixed(1),
          seconds.toFixed(0),
          race.faults.length,
        ].map(String),
      ],
    ),
  )
}
console.log(table(['scenario', 'acknowledged', 'seconds', 'sent again', 'refused', 'faults'], rows))
console.log(JSON.stringify({ name: 'soak', value: faulty, unit: 'faults', floor: 0, ratio: null, rounds, ...size }))
process.exitCode = faulty > 0 ? 1 : 0
