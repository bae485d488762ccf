import { expect, test } from 'vitest'
import { channels } from './registry.ts'
import { simulators } from './simulators.ts'

test.each(channels.map(({ about: { id } }) => id))('%s has a provider that can be simulated', async (id) => {
  const simulator = await simulators[id]?.()
  expect(simulator?.config).toBeTypeOf('object')
  await simulator?.stop()
})
