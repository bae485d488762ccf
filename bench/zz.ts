import { raceForWork } from './support/race.ts'
const [servers = 2, agents = 20, items = 400, kills = 1] = process.argv.slice(2).map(Number)
const r = await raceForWork({ servers, agents, items, kills })
console.log(JSON.stringify({ ...r, faults: r.faults.slice(0, 6), n: r.faults.length }, null, 1))
process.exit(0)
