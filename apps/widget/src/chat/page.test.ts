import { expect, it } from 'vitest'
import { setWantedAgent, wantedAgent } from './page.ts'

it.each([
  [' 1024 ', { wantsAgent: '1024' }],
  ['', {}],
  ['   ', {}],
  [null, {}],
  // Longer than any number: the message must not be refused for it.
  ['x'.repeat(21), {}],
])('the agent whom a page names by %j goes along as %j', (named, expected) => {
  setWantedAgent(named)
  expect(wantedAgent()).toEqual(expected)
})
