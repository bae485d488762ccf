// Writes what is derived: the table types from the migrated database, and the table of settings. `--check` only compares.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../apps/server/src/platform/database/connect.ts'
import { startEmbeddedPostgres } from '../apps/server/src/platform/database/embedded.ts'
import { migrate } from '../apps/server/src/platform/database/migrate.ts'
import { createLog } from '../apps/server/src/platform/log.ts'
import { settingsTable } from './settings-table.mjs'

const onlyCheck = process.argv.includes('--check')
const outputs = {
  'apps/server/src/platform/database/schema.gen.ts': await tableTypes(),
  'docs/operations/settings.md': settingsTable(),
}

let stale = 0
for (const [file, content] of Object.entries(outputs)) {
  if (read(file) === content) continue
  if (onlyCheck) {
    stale++
    console.error(`${file} is not what \`npm run generate\` writes.`)
  } else {
    writeFileSync(file, content)
    console.log(`wrote ${file}`)
  }
}
process.exitCode = stale > 0 ? 1 : 0

async function tableTypes() {
  const dataDir = mkdtempSync(join(tmpdir(), 'qiao-generate-'))
  const log = createLog({ level: 'error' })
  const postgres = await startEmbeddedPostgres({ dataDir, log, settings: { fsync: 'off' } })
  try {
    const database = await openDatabase({ url: postgres.url, poolSize: 2, applicationName: 'qiao-generate', log })
    await migrate(database.pool, 'apps/server/migrations', log)
    await database.close()
    return introspect(postgres.url)
  } finally {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The types say what the parsers of connect.ts deliver: bigint as number, date as text. */
function introspect(url) {
  const program = createRequire(import.meta.url)
    .resolve('kysely-codegen')
    .replace(/index\.js$/, 'cli/bin.js')
  const file = join(mkdtempSync(join(tmpdir(), 'qiao-types-')), 'schema.ts')
  const args = ['--dialect', 'postgres', '--url', url, '--out-file', file, '--date-parser', 'string']
  const mapping = JSON.stringify({ int8: 'number' })
  const { status, stderr } = spawnSync(process.execPath, [program, ...args, '--type-mapping', mapping], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  const types = readFileSync(file, 'utf8').replace(/\/\*\*[\s\S]*?\*\/\s*/, '')
  rmSync(join(file, '..'), { recursive: true })
  return `// Written by \`npm run generate\` from the migrated database. Do not edit.\n${types}`
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
