import { expect, test } from 'vitest'
import {
  addUp,
  countMissing,
  countPlaywright,
  countVitest,
  failuresOfMissing,
  failuresOfPlaywright,
  failuresOfVitest,
} from './test-counts.mjs'

const file = (status: string, ...states: string[]) => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
})

test('passed, failed and skipped tests are counted', () => {
  const report = {
    testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'skipped', 'todo')],
  }
  expect(countVitest(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a file that does not load, a run that dies and an unhandled error are failures', () => {
  expect(countVitest({ testResults: [file('failed')] }, 1)).toMatchObject({ failed: 1 })
  expect(countVitest({ testResults: [file('failed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 })
  expect(countVitest(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toMatchObject({ passed: 1, failed: 1 })
})

test('a journey that needed its second try passed, and journeys without a browser are skipped', () => {
  const stats = { expected: 5, unexpected: 0, flaky: 1, skipped: 2 }
  expect(countPlaywright({ stats }, 0, false)).toEqual({ passed: 6, failed: 0, skipped: 2 })
  const suites = [{ specs: [{}, {}], suites: [{ specs: [{}] }] }]
  expect(countPlaywright({ suites }, 0, true)).toEqual({ passed: 0, failed: 0, skipped: 3 })
  expect(countPlaywright(undefined, 1, false)).toMatchObject({ failed: 1 })
})

test('counts add up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(addUp([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})

test('the end of the output names what failed and why', () => {
  const failed = { status: 'failed', fullName: 'adds', failureMessages: ['expected 3\nto be 2'] }
  const ran = { name: 'sum.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] }
  const unloaded = { name: 'other.test.ts', status: 'failed', message: 'Cannot find x', assertionResults: [] }
  expect(failuresOfVitest({ testResults: [ran, unloaded, file('passed', 'passed')] })).toEqual([
    'sum.test.ts › adds\n    expected 3\n    to be 2',
    'other.test.ts\n    Cannot find x',
  ])
  const spec = (ok: boolean) => ({
    file: 'a.spec.ts',
    title: 'goes',
    ok,
    tests: [{ results: [{}, { error: { message: 'no' } }] }],
  })
  const inner = { specs: [spec(false)] }
  expect(failuresOfPlaywright({ suites: [{ specs: [spec(true)], suites: [inner] }] })).toEqual([
    'a.spec.ts › goes\n    no',
  ])
  expect([failuresOfVitest(undefined), failuresOfPlaywright(undefined)]).toEqual([[], []])
})

test('a mail server that could not be installed is a failure, whatever was skipped without it', () => {
  const missing = ['redis-server', 'postfix', 'dovecot-imapd']
  expect(failuresOfMissing(missing)).toEqual([
    'postfix is not installed: what is tested with it was skipped',
    'dovecot-imapd is not installed: what is tested with it was skipped',
  ])
  expect(addUp([{ passed: 9, failed: 0, skipped: 0 }, countMissing(missing)])).toMatchObject({ failed: 2 })
  expect(addUp([{ passed: 9, failed: 0, skipped: 0 }, countMissing([])])).toMatchObject({ failed: 0 })
})
