// `npm test`: everything that can be tested on this machine. Ends with `N passed, N failed[, N skipped]` alone on the last line.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildFrontEnds } from './front-ends.mjs'
import { ensureInstalled, node, root, run } from './installation.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import {
  addUp,
  countMissing,
  countPlaywright,
  countVitest,
  failuresOfMissing,
  failuresOfPlaywright,
  failuresOfVitest,
} from './test-counts.mjs'

const systemPackages = ensureSystemPackages()
ensureInstalled()
const missing = await systemPackages()
const reports = mkdtempSync(join(tmpdir(), 'qiao-reports-'))
const counts = []
const failures = failuresOfMissing(missing)
counts.push(countMissing(missing))

const built = await buildFrontEnds()
if (!built) counts.push({ passed: 0, failed: 1, skipped: 0 })
counts.push(await unitAndIntegration())
if (built && existsSync(join(root, 'e2e', 'playwright.config.ts'))) counts.push(await browserJourneys())

rmSync(reports, { recursive: true })
const { passed, failed, skipped } = addUp(counts)
for (const failure of failures) console.log(`\nFAILED ${failure}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)

async function unitAndIntegration() {
  const report = join(reports, 'vitest.json')
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const args = [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // A server that is started many times has its sources compiled once.
  const { code } = await run(node, args, { env: { NODE_COMPILE_CACHE: join(reports, 'compiled') } })
  const results = read(report)
  failures.push(...failuresOfVitest(results))
  return countVitest(results, code)
}

async function browserJourneys() {
  const report = join(reports, 'playwright.json')
  const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js')
  const listOnly = missing.includes('chromium-headless-shell') ? ['--list'] : []
  const { code } = await run(node, [playwright, 'test', '--reporter=list,json', ...listOnly], {
    cwd: join(root, 'e2e'),
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report, CI: '1' },
  })
  const results = read(report)
  failures.push(...failuresOfPlaywright(results))
  return countPlaywright(results, code, listOnly.length > 0)
}

/** undefined when the run died before it could write. */
function read(report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined
}
