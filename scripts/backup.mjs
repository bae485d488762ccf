// `npm run backup -- FOLDER`: a copy of the data folder while Qiao runs on it, on which Qiao can be started as it is.
import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ensureInstalled, node } from './installation.mjs'

if (Number(process.versions.node.split('.')[0]) < 24) {
  ensureInstalled()
  process.exit(spawnSync(node, process.argv.slice(1), { stdio: 'inherit' }).status ?? 1)
}
const { backUp } = await import('../apps/server/src/platform/database/back-up.ts')
const [folder, ...more] = process.argv.slice(2)
try {
  if (!folder || more.length > 0) throw new Error('name a folder that does not exist yet: npm run backup -- FOLDER')
  if (process.env.DATABASE_URL) throw new Error('the database of DATABASE_URL is backed up by its own means')
  await backUp(resolve(process.env.QIAO_DATA_DIR || 'data'), resolve(folder))
  console.log(`${folder} is complete.`)
} catch (error) {
  console.error(`There is no backup: ${error.message}`)
  process.exitCode = 1
}
