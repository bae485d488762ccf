import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { inTurn } from './in-turn.ts'

test('changes of one subject go one after another, and the last one knows that it is', async () => {
  const client = new QueryClient()
  const log: string[] = []
  const answers = new Map<string, () => void>()
  const change = (subject: string, name: string) => {
    const { turn, isLast } = inTurn(client, subject)
    return new MutationObserver(client, {
      ...turn,
      mutationFn: () => {
        log.push(`${name} asked`)
        return new Promise<void>((resolve) => void answers.set(name, resolve))
      },
      onSuccess: () => void log.push(`${name} ${isLast() ? 'last' : 'overtaken'}`),
    }).mutate()
  }
  const [first, second, other] = [change('a', 'first'), change('a', 'second'), change('b', 'other')]
  await expect.poll(() => log).toEqual(['first asked', 'other asked'])
  answers.get('first')?.()
  await first
  await expect.poll(() => log.at(-1)).toBe('second asked')
  answers.get('second')?.()
  answers.get('other')?.()
  expect(inTurn(client, 'a').isUnderWay()).toBe(true)
  await Promise.all([second, other])
  expect(inTurn(client, 'a').isUnderWay()).toBe(false)
  expect(log.filter((line) => !line.endsWith('asked'))).toEqual(['first overtaken', 'second last', 'other last'])
})
