import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../log.ts'
import { migrate } from './migrate.ts'
import { copyDatabase, type TestDatabase } from './test-database.ts'

const log = createLog({ level: 'silent' })
let database: TestDatabase
let dir: string

beforeEach(async () => {
  database = await copyDatabase('template0')
  dir = await mkdtemp(join(tmpdir(), 'qiao-migrations-'))
})
afterEach(async () => {
  await database.drop()
  await rm(dir, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(join(dir, name), sql)
const run = () => migrate(database.pool, dir, log)
const exists = async (name: string) =>
  (await database.pool.query<{ found: boolean }>('select to_regclass($1) is not null as found', [name])).rows[0]?.found

test('files are applied in order, once', async () => {
  await write('0002_b.sql', 'insert into a values (1);')
  await write('0001_a.sql', 'create table a (n int);')
  expect(await run()).toEqual(['0001_a', '0002_b'])
  expect(await run()).toEqual([])
  await write('0003_c.sql', 'create table c (n int);')
  expect(await run()).toEqual(['0003_c'])
})

test('processes that start together migrate once', async () => {
  await write('0001_a.sql', 'create table a (n int); select pg_sleep(0.1);')
  const results = await Promise.all([run(), run(), run()])
  expect(results.flat()).toEqual(['0001_a'])
})

test('a failing file leaves nothing of itself and names itself', async () => {
  await write('0001_a.sql', 'create table a (n int);')
  await write('0002_b.sql', 'create table b (n int); select nonsense;')
  await expect(run()).rejects.toThrow(/The migration 0002_b failed: column "nonsense" does not exist/)
  expect([await exists('a'), await exists('b')]).toEqual([true, false])
  await write('0002_b.sql', 'create table b (n int);')
  expect(await run()).toEqual(['0002_b'])
})

test('a changed old file is refused, other line ends are not', async () => {
  await write('0001_a.sql', 'create table a (\n  n int\n);\n')
  await run()
  await write('0001_a.sql', 'create table a (\r\n  n int\r\n);')
  expect(await run()).toEqual([])
  await write('0001_a.sql', 'create table a (\n  n bigint\n);\n')
  await expect(run()).rejects.toThrow(/0001_a was changed after it was applied/)
})

test('a database from a newer release is refused', async () => {
  await write('0001_a.sql', 'create table a (n int);')
  await write('0002_b.sql', 'create table b (n int);')
  await run()
  await rm(join(dir, '0002_b.sql'))
  await expect(run()).rejects.toThrow(/has the migration 0002_b, which this release does not know/)
})

test('numbers must be unique, well formed and rising', async () => {
  await write('0002_b.sql', 'select 1;')
  await run()
  await write('0001_a.sql', 'select 1;')
  await expect(run()).rejects.toThrow(/0001_a has a lower number/)
  await write('0002_other.sql', 'select 1;')
  await expect(run()).rejects.toThrow(/0002_b and 0002_other.sql have the same number/)
  await rm(join(dir, '0002_other.sql'))
  await write('3_c.sql', 'select 1;')
  await expect(run()).rejects.toThrow(/3_c.sql must be named like/)
})

test('an index can be built without a transaction', async () => {
  await write('0001_a.sql', 'create table a (n int);')
  await write(
    '0002_index.sql',
    '-- no-transaction\ndrop index if exists a_n;\n-- beside the writers\ncreate index concurrently a_n on a (n);\n',
  )
  expect(await run()).toEqual(['0001_a', '0002_index'])
  expect(await exists('a_n')).toBe(true)
})
