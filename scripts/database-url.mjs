// `npm run --silent database-url`: the address of the running embedded database, for psql and pg_dump.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const dataDir = process.env.QIAO_DATA_DIR || 'data'
try {
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim()
  // Line 4 of PostgreSQL's pid file is its port.
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  console.log(`postgresql://qiao:${password}@127.0.0.1:${port}/qiao`)
} catch (error) {
  console.error(`No embedded database runs on ${dataDir} that you may open: ${error.message}`)
  process.exitCode = 1
}
