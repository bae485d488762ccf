// `npm run screens`: takes the pictures of docs/screens anew, from the real product with its demo company.
import { join } from 'node:path'
import { buildFrontEnds } from './front-ends.mjs'
import { ensureInstalled, node, root, run } from './installation.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

const systemPackages = ensureSystemPackages()
ensureInstalled()
await systemPackages()
if (!(await buildFrontEnds())) process.exit(1)
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
const { code } = await run(node, [playwright, 'test', '--workers=1'], {
  cwd: join(root, 'e2e'),
  env: { E2E_SCREENS: 'on' },
})
process.exitCode = code
