import { figureOf, meanOf, standardErrorOf } from '../packages/routing/src/confidence.ts'
import { type Errors, rows, studyRow } from '../packages/routing/src/testing/estimator-study.ts'
import {
  type Classes,
  kleinrock,
  type Measurement,
  runClasses,
  runMarkov,
} from '../packages/routing/src/testing/queueing-study.ts'
import { studyRanges, twoGroups } from '../packages/routing/src/testing/range-study.ts'
import { table } from './support/report.ts'

/**
 * The tables of packages/routing/README.md: `node bench/routing-tables.ts [erlang-c|erlang-a|priority|waits|ranges] [scale]`.
 * Seeds are fixed, so that the numbers are the same everywhere; a scale below 1 makes fewer runs.
 */
const [only = '', scale = '1'] = process.argv.slice(2)
const runs = (count: number): number[] =>
  Array.from({ length: Math.max(2, Math.round(count * Number(scale))) }, (_, index) => index + 1)
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

function compare(found: readonly number[], wanted: number): string[] {
  const mean = meanOf(found)
  return [wanted.toFixed(3), mean.toFixed(3), percent(mean / wanted - 1), percent(standardErrorOf(found) / wanted)]
}

const sections: Record<string, () => string> = {
  'erlang-c'() {
    const cases = [
      [2, 1, 10],
      [14, 10, 15],
      [10, 8, 20],
      [50, 45, 30],
      [10, 9, 80],
    ] as const
    const lines = cases.map(([agents, load, count]) => {
      const results = runs(count).map((seed) => runMarkov(agents, load, 100_000, seed))
      const asa = results.map(({ found }) => found.asaSeconds)
      const level = meanOf(results.map(({ found }) => found.serviceLevel))
      const wanted = results[0]?.wanted
      return [
        `${agents}, ${load}`,
        String(results.length),
        ...compare(asa, wanted?.asaSeconds ?? NaN),
        (wanted?.serviceLevel ?? NaN).toFixed(4),
        level.toFixed(4),
      ]
    })
    return table(
      ['agents, erlangs', 'runs', 'ASA s (Erlang C)', 'simulated', 'off by', 'std. error', 'SL 20 s', 'simulated'],
      lines,
    )
  },
  'erlang-a'() {
    const cases = [
      [10, 10, 360],
      [10, 12, 180],
      [50, 48, 360],
      [50, 55, 360],
      [100, 100, 180],
    ] as const
    const lines = cases.flatMap(([agents, load, patience]) => {
      const results = runs(5).map((seed) => runMarkov(agents, load, 100_000, seed, patience))
      const line = (label: string, name: keyof Measurement, times = 1): string[] => [
        `${agents}, ${load}, ${patience} s`,
        label,
        ...compare(
          results.map(({ found }) => found[name] * times),
          (results[0]?.wanted[name] ?? NaN) * times,
        ),
      ]
      return [
        line('gave up, %', 'abandonment', 100),
        line('wait of all, s', 'meanWaitSeconds'),
        line('ASA, s', 'asaSeconds'),
      ]
    })
    return table(['agents, erlangs, patience', 'figure', 'Erlang A', 'simulated', 'off by', 'std. error'], lines)
  },
  priority() {
    const cases: [Classes, number][] = [
      [{ agents: 1, loads: [0.5, 0.4], paces: [1, 3] }, 10],
      [{ agents: 1, loads: [0.5, 0.4], paces: [1, 10] }, 10],
      [{ agents: 10, loads: [5, 4], paces: [1, 3] }, 10],
      [{ agents: 10, loads: [3, 3, 3], paces: [1, 2, 4] }, 10],
    ]
    const lines = cases.flatMap(([classes, count]) => {
      const results = runs(count).map((seed) => runClasses(classes, 100_000, seed))
      const firstCome = meanOf(results.map((result) => result.firstCome))
      const wanted = kleinrock(classes, firstCome)
      return classes.loads.map((load, index) => {
        const ratios = results.map(
          (result) => (result.waits[index] ?? NaN) / (kleinrock(classes, result.firstCome)[index] ?? NaN),
        )
        return [
          `${classes.agents}; ${classes.loads.join(', ')}; ${classes.paces.join(' : ')}`,
          `${index + 1} (${load})`,
          (wanted[index] ?? NaN).toFixed(1),
          meanOf(results.map((result) => result.waits[index] ?? NaN)).toFixed(1),
          percent(meanOf(ratios) - 1),
          percent(standardErrorOf(ratios)),
        ]
      })
    })
    return table(['agents; erlangs; paces', 'class', 'wait s (Kleinrock)', 'simulated', 'off by', 'std. error'], lines)
  },
  waits() {
    const lines = rows.map((row) => {
      const results = runs(5).map((seed) => studyRow(row, 100_000, seed))
      const mean = (name: keyof Errors): number => meanOf(results.map((result) => result[name]))
      const names = ['estimate', 'qlm', 'ql', 'les', 'lastTen'] as const
      return [
        row.name,
        ...names.map((name) => mean(name).toExponential(2)),
        percent(Math.sqrt(mean('estimate') / mean('qlm')) - 1),
        percent(mean('within')),
      ]
    })
    return table(['model', 'estimate', 'QLm', 'QL', 'LES', 'last 10', 'RMSE against QLm', 'in range'], lines)
  },
  ranges() {
    const results = runs(5).map((seed) => studyRanges(twoGroups(20, seed)))
    const share = (name: 'within' | 'toldWithin'): string => {
      const { mean, low, high } = figureOf(results.map((result) => result[name] / result.waited))
      return `${percent(mean ?? NaN)} (${percent(low ?? NaN)} to ${percent(high ?? NaN)})`
    }
    const waited = results.reduce((sum, result) => sum + result.waited, 0)
    return table(
      ['ranges', 'in the range', 'in the minutes told'],
      [[String(waited), share('within'), share('toldWithin')]],
    )
  },
}

for (const [name, section] of Object.entries(sections))
  if (only === '' || only === name) console.log(`\n${name}\n\n${section()}`)
