// `npm run bench -- NAME …` runs bench/NAME.ts.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildFrontEnds } from './front-ends.mjs'
import { ensureInstalled, node, root, run } from './installation.mjs'
import { ensureSystemPackages } from './system-packages.mjs'

ensureInstalled()
const [name = '', ...rest] = process.argv.slice(2)
const file = join('bench', `${name}.ts`)
if (!/^[a-z][a-z-]*$/.test(name) || !existsSync(join(root, file))) {
  const names = readdirSync(join(root, 'bench')).flatMap((entry) => entry.match(/^([a-z-]+)\.ts$/)?.[1] ?? [])
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ') || '(none yet)'}`)
  process.exit(1)
}
await ensureSystemPackages()()
if (!(await buildFrontEnds())) process.exit(1)
process.exitCode = (await run(node, [file, ...rest])).code
