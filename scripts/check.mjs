// `npm run check`: everything that can be known without running the product, side by side, in under a minute.
import { join } from 'node:path'
import { ensureInstalled, node, root, run } from './installation.mjs'

ensureInstalled()
const program = (...path) => join(root, 'node_modules', ...path)
const steps = [
  // The rules that know types and the compiler's own complaints in one pass: the types are worked out once.
  // Its memory is swept less often than Go does by itself: 73 instead of 101 s of processor time, for some gigabytes more.
  ['lint and types', [program('oxlint', 'bin', 'oxlint'), '--type-aware', '--type-check', '--quiet'], { GOGC: '400' }],
  ['dead code', [program('knip', 'bin', 'knip.js'), '--no-progress']],
  ['generated files', [join(root, 'scripts', 'generate.mjs'), '--check']],
  ['architecture', [program('vitest', 'vitest.mjs'), 'run', '--project', 'unit', 'tests/architecture']],
  ['format', [program('oxfmt', 'bin', 'oxfmt'), '--check']],
]

const startedAt = Date.now()
const queue = [...steps]
const failures = []
// The linter uses several cores itself.
await Promise.all([worker(), worker()])
console.log(
  `\n${failures.length === 0 ? 'All checks passed' : `Failed: ${failures.join(', ')}`} in ${seconds(startedAt)}`,
)
process.exitCode = failures.length > 0 ? 1 : 0

async function worker() {
  for (let step = queue.shift(); step; step = queue.shift()) {
    const [name, args, env] = step
    const stepStartedAt = Date.now()
    const { code, output } = await run(node, args, { capture: true, env })
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(24)} ${seconds(stepStartedAt)}`)
    if (code === 0) continue
    failures.push(name)
    console.log(output)
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`
}
