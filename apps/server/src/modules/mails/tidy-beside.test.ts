import { expect, test } from 'vitest'
import { tidyBeside } from './tidy-beside.ts'
import { tidyHtml } from './tidy-html.ts'

const row = '<tr><td style="color:#333;padding:4px 8px" onclick="x()"><img src="https://x.example/p.png"></td></tr>'
const long = `<p>new</p><table>${row.repeat(600)}</table><blockquote>${row.repeat(300)} old</blockquote>`

test('a long body is cleaned beside, with the same result and in the order in which it was asked for', async () => {
  const order: number[] = []
  const asked = [1, 2, 3].map(async (turn) => {
    const tidy = await tidyBeside({ html: long, splits: turn !== 2 })
    order.push(turn)
    return tidy
  })
  let turns = 0
  const looking = setInterval(() => (turns += 1), 1)
  const [first, second] = await Promise.all(asked)
  clearInterval(looking)
  // The event loop went on meanwhile.
  expect(turns).toBeGreaterThan(1)
  expect(order).toEqual([1, 2, 3])
  expect(first).toEqual(tidyHtml({ html: long, splits: true }))
  expect(first?.quoted?.html).toContain('old')
  expect(second?.quoted).toBeNull()
  expect(first?.own.remoteImages).toBe(600)
})
