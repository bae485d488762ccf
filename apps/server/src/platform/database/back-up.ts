import { existsSync, readFileSync } from 'node:fs'
import { chown, copyFile, lstat, mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { codeOf } from '../thrown.ts'

/** PostgreSQL fills these anew; its manual names them under "Making a Base Backup Using the Low Level API". */
const emptied = /^pg_(wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)$/
const omitted = /^(postmaster\.(pid|opts)|pgsql_tmp.*|pg_internal\.init.*)$/
const besides = /^(files|secret|postgres\.password)$/

/**
 * Copies the data folder while Qiao runs on it, embedded database included; Qiao can be started on the copy as it is.
 * It stands under another name until it is complete, so that nobody takes half a copy for a backup.
 */
export async function backUp(dataDir: string, target: string): Promise<void> {
  if (existsSync(target)) throw new Error(`${target} exists already.`)
  const unfinished = `${target}.unfinished`
  await mkdir(unfinished, { mode: 0o711 })
  await copyDatabase(dataDir, join(unfinished, 'postgres'))
  // Files are written before the rows that name them, so after the database none is missing.
  for (const name of await readdir(dataDir)) {
    if (besides.test(name)) await copy(join(dataDir, name), join(unfinished, name))
  }
  await rename(unfinished, target)
}

/** All in one session: PostgreSQL gives the backup up when it ends. */
async function copyDatabase(dataDir: string, to: string): Promise<void> {
  const from = join(dataDir, 'postgres')
  const client = new Client({ connectionString: addressOf(dataDir) })
  await client.connect()
  try {
    // The log since the beginning is kept until we have it; what was torn while we copied is mended from it.
    await client.query(`select pg_create_physical_replication_slot('qiao_backup_${process.pid}', true, true)`)
    await client.query(`select pg_backup_start('qiao', fast => true)`)
    await copy(from, to)
    const { rows } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    )
    const label = join(to, 'backup_label')
    await writeFile(label, rows[0]?.labelfile ?? '', { mode: 0o600 })
    await keepOwner(from, label)
    for (const name of await readdir(join(from, 'pg_wal'))) {
      await copy(join(from, 'pg_wal', name), join(to, 'pg_wal', name))
    }
  } finally {
    await client.end()
  }
}

function addressOf(dataDir: string): string {
  const password = readFileSync(join(dataDir, 'postgres.password'), 'utf8').trim()
  // Line 4 of PostgreSQL's pid file is its port.
  const port = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
  return `postgresql://qiao:${password}@127.0.0.1:${port}/qiao`
}

/** With modes and owners. What vanishes meanwhile was not needed. */
async function copy(from: string, to: string): Promise<void> {
  try {
    const found = await lstat(from)
    if (found.isFile()) await copyFile(from, to)
    if (found.isDirectory()) await mkdir(to, { recursive: true, mode: found.mode })
    await keepOwner(from, to)
    if (!found.isDirectory()) return
    for (const name of await readdir(from)) {
      const path = join(from, name)
      if (omitted.test(name)) continue
      if (emptied.test(name)) await makeFolder(path, join(to, name))
      else await copy(path, join(to, name))
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

async function makeFolder(like: string, path: string): Promise<void> {
  await mkdir(path, { mode: (await stat(like)).mode })
  await keepOwner(like, path)
}

/** As root: PostgreSQL runs under an account of its own, to which its files belong. */
async function keepOwner(from: string, to: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(from)
  await chown(to, uid, gid)
}
