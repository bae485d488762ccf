/** A run that ended badly without a failed test (a file that does not load, an unhandled error) counts as one failure. */
const atLeastOneFailure = (count, code) => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count)

export function countVitest(report, code) {
  const files = report?.testResults ?? []
  const tests = files.flatMap((file) => file.assertionResults)
  const of = (...states) => tests.filter((test) => states.includes(test.status)).length
  const broken = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const skipped = of('skipped', 'pending', 'todo', 'disabled')
  return atLeastOneFailure({ passed: of('passed'), failed: of('failed') + broken.length, skipped }, code)
}

/** `notRun`: the tests were only listed, because there is no browser. */
export function countPlaywright(report, code, notRun) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {}
  if (notRun) return { passed: 0, failed: 0, skipped: listed(report?.suites ?? []) }
  // A test that passed only when repeated has shown a fault.
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected, skipped }, code)
}

function listed(suites) {
  return suites.reduce((sum, suite) => sum + (suite.specs?.length ?? 0) + listed(suite.suites ?? []), 0)
}

/** What failed, with the first lines of why, so that the end of a long output tells it. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && file.status === 'failed') return [told(file.name, file.message)]
    return failed.map((test) => told(`${file.name} › ${test.fullName}`, test.failureMessages?.[0]))
  })
}

export function failuresOfPlaywright(report) {
  const specs = (suites) => suites.flatMap((suite) => [...(suite.specs ?? []), ...specs(suite.suites ?? [])])
  return specs(report?.suites ?? [])
    .filter((spec) => !spec.ok)
    .map((spec) => told(`${spec.file} › ${spec.title}`, spec.tests[0]?.results.at(-1)?.error?.message))
}

const told = (name, why = '') => [name, ...why.split('\n').slice(0, 8)].join('\n    ')

export function addUp(counts) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** Whole parts are proven against these servers alone: tests that are skipped for want of them are no success. */
const needed = new Set(['dovecot-imapd', 'postfix'])
export const failuresOfMissing = (missing) =>
  missing
    .filter((name) => needed.has(name))
    .map((name) => `${name} is not installed: what is tested with it was skipped`)
export const countMissing = (missing) => ({ passed: 0, failed: failuresOfMissing(missing).length, skipped: 0 })
