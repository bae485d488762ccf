import { expect, test } from 'vitest'
import { noteUnfinished, whenFinished } from './unfinished.ts'

test('a page with nothing unfinished need not wait', async () => {
  await expect(whenFinished()).resolves.toBeUndefined()
})

test('one waits for all that is unfinished, also for what began meanwhile', async () => {
  const seen: string[] = []
  const edited = noteUnfinished()
  const waiting = whenFinished().then(() => seen.push('reload'))
  const uploaded = noteUnfinished()
  edited()
  await Promise.resolve()
  expect(seen).toEqual([])
  uploaded()
  await waiting
  expect(seen).toEqual(['reload'])
})
