import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, inject } from 'vitest'
import { createLog } from '../log.ts'
import { openDatabase, type OpenDatabase } from './connect.ts'

export type TestDatabase = OpenDatabase & { url: string; drop: () => Promise<void> }

/**
 * A database of its own with the current schema, for one test file: `const database = await createTestDatabase()` at the top
 * of the file; it is dropped after the file's tests. Needs a file named `*.it.test.ts`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await copyDatabase('qiao')
  afterAll(() => database.drop())
  return database
}

/** For tests inside which databases come and go; `template0` gives an empty one. The caller drops it. */
export async function copyDatabase(template: 'qiao' | 'template0'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  // With fsync off, copying files is quicker than writing the copy to the log.
  await administer(`create database ${name} template ${template} strategy file_copy`)
  const url = urlOf(name)
  const log = createLog({ level: 'error' })
  const opened = await openDatabase({ url, poolSize: 10, applicationName: 'qiao-test', log })
  return {
    ...opened,
    url,
    async drop() {
      await opened.close()
      await administer(`drop database if exists ${name} with (force)`)
    },
  }
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function urlOf(database: string): string {
  const url = new URL(inject('templateUrl'))
  url.pathname = `/${database}`
  return url.href
}
