import { simulators } from '@qiao/channels/simulators'
import { table } from './support/report.ts'
import { storm } from './support/storm.ts'

/** `npm run bench -- storm [EVENTS [REPLIES [CHANNEL]]]`: every channel's customers at once, while the server is killed. */
const events = Number(process.argv[2] ?? 20_000)
const replies = Number(process.argv[3] ?? 5_000)
const only = process.argv[4]
const rows: string[][] = []
let faulty = 0
for (const id of Object.keys(simulators)) {
  if (only && id !== only) continue
  const customers = Math.max(5, Math.min(200, Math.round(events / 50)))
  const result = await storm(id, { events, replies, customers, kills: 3 })
  for (const fault of result.faults.slice(0, 20)) console.error(`${id}: ${fault}`)
  faulty += result.faults.length
  const { received, late, sent, unknown, failed, seconds, faults } = result
  rows.push([id, received, late, sent, unknown, failed, seconds.toFixed(0), faults.length].map(String))
  console.log(rows.at(-1)?.join('  '))
}
console.log(table(['channel', 'received', 'late', 'sent', 'unknown', 'refused', 'seconds', 'faults'], rows))
console.log(JSON.stringify({ name: 'storm', value: faulty, unit: 'faults', floor: 0, ratio: null, events, replies }))
process.exitCode = faulty > 0 ? 1 : 0
