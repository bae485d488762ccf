import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { gatherReads } from './gathered-reads.ts'

function reader() {
  const reads: { keys: readonly number[]; finish: () => void; fail: (error: unknown) => void }[] = []
  const ask = gatherReads<number, string>(
    (keys) =>
      new Promise((resolve, reject) => {
        reads.push({ keys, finish: () => resolve((key) => `value of ${key}`), fail: reject })
      }),
  )
  return { ask, reads }
}

test('an idle system reads at once, and what comes meanwhile is read together afterwards', async () => {
  const { ask, reads } = reader()
  const first = ask(1)
  await turn()
  const later = [ask(2), ask(3), ask(2)]
  await turn()
  expect(reads.map(({ keys }) => keys)).toEqual([[1]])
  reads[0]?.finish()
  expect(await first).toBe('value of 1')
  await turn()
  expect(reads.map(({ keys }) => keys)).toEqual([[1], [2, 3]])
  reads[1]?.finish()
  expect(await Promise.all(later)).toEqual(['value of 2', 'value of 3', 'value of 2'])
})

test('what is asked for while it is being read is read again: the answer is never older than the question', async () => {
  const { ask, reads } = reader()
  const first = ask(1)
  await turn()
  const again = ask(1)
  reads[0]?.finish()
  await first
  await turn()
  expect(reads).toHaveLength(2)
  reads[1]?.finish()
  expect(await again).toBe('value of 1')
})

test('a failure concerns those who were read together, and nobody after them', async () => {
  const { ask, reads } = reader()
  const failing = [ask(1), ask(2)].map((asked) => expect(asked).rejects.toThrow('gone'))
  await turn()
  const after = ask(3)
  reads[0]?.fail(new Error('gone'))
  await Promise.all(failing)
  await turn()
  reads[1]?.finish()
  expect(await after).toBe('value of 3')
})
