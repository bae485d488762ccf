import { queueSettings } from '@qiao/protocol'
import { expect, it } from 'vitest'
import { chainOf } from './chain.ts'

const defaults = queueSettings.parse({})
const queueId = '00000000-0000-4000-8000-000000000001'

it('is short by default', () => {
  const kinds = chainOf(defaults, false).map((link) => link.kind)
  expect(kinds).toEqual(['in', 'alternatives', 'forever'])
})

it('tells all in the order in which it is met', () => {
  const chain = chainOf(
    {
      ...defaults,
      groups: [0, 90].map((afterSeconds) => ({ teamIds: [], agentIds: [], afterSeconds })),
      steps: [30, 40, 0].map((seconds) => ({ needs: [], language: false, seconds })),
      limits: { length: 20, waitSeconds: 300 },
      overflow: { ...defaults.overflow, whenLong: { to: 'callback' } },
    },
    true,
  )
  expect(chain.map((link) => [link.kind, link.at])).toEqual([
    ['closed', null],
    ['full', null],
    ['in', 0],
    ['step', 30],
    ['alternatives', 60],
    ['step', 70],
    ['group', 90],
    ['long', 300],
    ['forever', null],
  ])
})

it('ends where the customer moves elsewhere', () => {
  const chain = chainOf(
    {
      ...defaults,
      limits: { length: null, waitSeconds: 45 },
      overflow: { ...defaults.overflow, whenLong: { to: 'queue', queueId } },
    },
    false,
  )
  expect(chain.map((link) => link.kind)).toEqual(['in', 'long'])
})
