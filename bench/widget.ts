import { table } from './support/report.ts'
import { measureWidget } from './support/widget-size.ts'

/**
 * What the chat costs a visitor in bytes. There is no natural floor of a program; the aim of 45 KB stands in for one.
 */
const size = await measureWidget()
const budget = { closed: 5 * 1024, opened: 60 * 1024, stretch: 45 * 1024 }

console.log(
  table(
    ['file (gzip)', 'bytes', 'fetched'],
    size.files.map(({ name, bytes, when }) => [name, String(bytes), when]),
  ),
)
console.log(
  `\nclosed ${size.closed} of ${budget.closed}, opened ${size.opened} of ${budget.opened} (aim ${budget.stretch})\n`,
)
console.log(
  JSON.stringify({
    name: 'widget',
    value: size.opened,
    unit: 'bytes',
    floor: budget.stretch,
    ratio: Number((size.opened / budget.stretch).toFixed(3)),
    closed: size.closed,
    opened: size.opened,
    budgetClosed: budget.closed,
    budgetOpened: budget.opened,
  }),
)
