import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import type { Log } from '../log.ts'
import { StartRefused } from '../start-refused.ts'
import { messageOf } from '../thrown.ts'

export type Migration = { number: number; name: string; sql: string; checksum: string }

/** Any number that nothing else in this database uses. */
const lockKey = 7_130_411

/**
 * Brings the database to the newest of the numbered files in `dir`, each in its own transaction. Several processes may start at
 * once: one migrates, the others wait. Returns the names of those that were applied.
 */
export async function migrate(pool: Pool, dir: string, log: Log): Promise<string[]> {
  const migrations = await readMigrations(dir)
  const client = await pool.connect()
  try {
    // An index on a large table takes its time; waiting for a lock must not stop everybody else for long.
    await client.query(`set statement_timeout = 0; set lock_timeout = '15s'`)
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(`
      create table if not exists schema_migrations (
        number integer primary key,
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    const applied: string[] = []
    for (const migration of await pending(client, migrations)) {
      const startedAt = performance.now()
      await apply(client, migration)
      log.info({ migration: migration.name, milliseconds: Math.round(performance.now() - startedAt) }, 'migrated')
      applied.push(migration.name)
    }
    return applied
  } finally {
    // Ends the session, and with it the lock and the settings above.
    client.release(true)
  }
}

export async function readMigrations(dir: string): Promise<Migration[]> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.sql')).toSorted()
  const migrations: Migration[] = []
  for (const file of files) {
    const number = Number(/^(\d{4})_[a-z\d_-]+\.sql$/.exec(file)?.[1])
    if (!number) throw new StartRefused(`The migration ${file} must be named like 0001_create_contacts.sql.`)
    if (migrations.at(-1)?.number === number) {
      throw new StartRefused(`The migrations ${migrations.at(-1)?.name} and ${file} have the same number.`)
    }
    const sql = await readFile(join(dir, file), 'utf8')
    migrations.push({ number, name: file.replace('.sql', ''), sql, checksum: checksumOf(sql) })
  }
  return migrations
}

/** Line ends may change in a checkout; nothing else may. */
function checksumOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n').trim()).digest('hex')
}

async function pending(client: PoolClient, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<Migration>('select number, name, checksum from schema_migrations order by number')
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const row of rows) {
    const ours = known.get(row.number)
    if (!ours) {
      throw new StartRefused(
        `The database has the migration ${row.name}, which this release does not know: it is from a newer release. Start that one, or restore a backup from before it.`,
      )
    }
    if (ours.checksum !== row.checksum) {
      throw new StartRefused(
        `The migration ${ours.name} was changed after it was applied to this database. Put the old text back and write a new migration instead.`,
      )
    }
  }
  const newest = rows.at(-1)?.number ?? 0
  const done = new Set(rows.map((row) => row.number))
  const open = migrations.filter((migration) => !done.has(migration.number))
  const late = open.find((migration) => migration.number < newest)
  if (late) {
    throw new StartRefused(
      `The migration ${late.name} has a lower number than one that is already applied. Give it a higher one.`,
    )
  }
  return open
}

async function apply(client: PoolClient, { number, name, sql, checksum }: Migration): Promise<void> {
  const record = () =>
    client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [number, name, checksum])
  try {
    if (/^-- no-transaction$/m.test(sql)) {
      for (const statement of sql.split(/;\s*$/m)) {
        if (statement.replaceAll(/^\s*--.*$/gm, '').trim()) await client.query(statement)
      }
      await record()
    } else {
      await client.query('begin')
      await client.query(sql)
      await record()
      await client.query('commit')
    }
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`The migration ${name} failed: ${messageOf(error)}`, { cause: error })
  }
}
