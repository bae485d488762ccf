import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ClientBase } from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { PromisingClient } from './promising-client.ts'

setFlagsFromString('--expose-gc')
const collectYoung: (options: { type: 'minor' }) => void = runInNewContext('gc')

async function connectedClient(): Promise<ClientBase> {
  const client = new PromisingClient(inject('templateUrl').replace(/\/qiao$/, '/postgres'))
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Megabytes that are still there after a thousand statements with values of 20 kB when the young ones are collected. */
async function leftBehind(client: ClientBase): Promise<number> {
  collectYoung({ type: 'minor' })
  const before = process.memoryUsage().heapUsed
  for (let turn = 0; turn < 1_000; turn += 1) {
    const values = Array.from({ length: 200 }, (_, index) => `${turn} ${index} ${'x'.repeat(80)}`)
    await client.query('select cardinality($1::text[])', [values])
  }
  collectYoung({ type: 'minor' })
  return (process.memoryUsage().heapUsed - before) / 1e6
}

test('statements leave nothing behind that a collection of young objects does not take', async () => {
  // The client of pg itself leaves seven and more; once it leaves none, ours can go.
  expect(await leftBehind(await connectedClient())).toBeLessThan(5)
})

test('answers and failures arrive as those of pg do, and the stack of a failure leads to whoever asked', async () => {
  const client = await connectedClient()
  expect((await client.query<{ n: number }>('select $1::int as n', [7])).rows).toEqual([{ n: 7 }])
  expect((await client.query({ text: 'select 1 as n', rowMode: 'array' })).rows).toEqual([[1]])
  const failure = await client.query('select nothing').catch((error: unknown) => error)
  expect(failure).toMatchObject({
    code: '42703',
    message: expect.stringContaining('nothing'),
    stack: expect.stringContaining('promising-client.it.test'),
  })
  const answered = await new Promise((resolve) =>
    client.query('select 2 as n', (_error, result) => resolve(result.rows)),
  )
  expect(answered).toEqual([{ n: 2 }])
})
