import { expect, test } from 'vitest'
import { isDatabaseDown } from '../errors.ts'
import { createLog } from '../log.ts'
import { openDatabase } from './connect.ts'
import { createTestDatabase } from './test-database.ts'

const { pool, url } = await createTestDatabase()
const log = createLog({ level: 'silent' })

async function one(expression: string): Promise<unknown> {
  const { rows } = await pool.query<{ value: unknown }>(`select ${expression} as value`)
  return rows[0]?.value
}

test('columns arrive in the types that the code expects', async () => {
  expect(await one(`9007199254740991::bigint`)).toBe(9_007_199_254_740_991)
  expect(await one(`'2026-02-03'::date`)).toBe('2026-02-03')
  expect(await one(`'2026-02-03T04:05:06.789Z'::timestamptz`)).toEqual(new Date('2026-02-03T04:05:06.789Z'))
  expect(await one(`'{"a":[1]}'::jsonb`)).toEqual({ a: [1] })
  expect(await one(`1.10::numeric`)).toBe('1.10')
})

test('a bigint that a number cannot hold is an error', async () => {
  await expect(one('9007199254740993::bigint')).rejects.toThrow(RangeError)
  expect(await one('1')).toBe(1)
})

test('a statement that runs too long is cancelled', async () => {
  const hasty = await openDatabase({ url, poolSize: 2, applicationName: 't', log, statementTimeoutMilliseconds: 50 })
  await expect(hasty.pool.query('select pg_sleep(5)')).rejects.toThrow(/statement timeout/)
  await hasty.close()
})

test('a lost idle connection does not end the process, and the next query has a new one', async () => {
  const victim = await openDatabase({ url, poolSize: 2, applicationName: 'victim', log })
  await victim.pool.query('select 1')
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'victim'`)
  await expect.poll(() => victim.pool.totalCount).toBe(0)
  expect((await victim.pool.query('select 1 as ok')).rows).toEqual([{ ok: 1 }])
  await victim.close()
})

test('a connection that is lost inside a transaction fails the statement, not the process', async () => {
  const victim = await openDatabase({ url, poolSize: 2, applicationName: 'in-transaction', log })
  const client = await victim.pool.connect()
  await client.query('begin')
  await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'in-transaction'`)
  const failure: unknown = await client.query('select 1').catch((error: unknown) => error)
  expect(isDatabaseDown(failure)).toBe(true)
  client.release(true)
  await victim.close()
})

test('a database that refuses is named in a sentence without the password', async () => {
  const wrong = new URL(url)
  wrong.password = 'hunter2'
  const opening = openDatabase({ url: wrong.href, poolSize: 2, applicationName: 't', log })
  await expect(opening).rejects.toThrow(
    /^The database test_\w+ on 127\.0\.0\.1:\d+ \(DATABASE_URL\) cannot be used: password/,
  )
  await expect(opening).rejects.not.toThrow(/hunter2/)
})

test('the text order and case rules know more than ASCII', async () => {
  expect(await one(`lower('ÄÖÉ')`)).toBe('äöé')
  expect(await one(`current_setting('server_encoding')`)).toBe('UTF8')
})
