import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBlobStorage } from '#platform/storage/create-blob-storage'
import { sql } from 'kysely'
import { afterAll, expect, test, vi } from 'vitest'
import { bundledFfmpeg, createAttachments } from '#attachments'
import { createAppender } from '#conversations'
import { followAppends } from '#routing'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { openDatabase } from '#platform/database/connect'
import { createTestDatabase } from '#platform/database/test-database'
import { createLog } from '#platform/log'
import { seedDemo } from './seed-demo.ts'

const { db, pool, url } = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'qiao-demo-'))
afterAll(() => rm(folder, { recursive: true }))

const log = createLog({ level: 'error' })
const bus = createLocalBus(log)
const clock = systemClock
const attachments = createAttachments({
  db,
  storage: createBlobStorage({ kind: 'disk', folder }),
  clock,
  secret: 'secret '.repeat(8),
  ffmpegPath: bundledFfmpeg,
  scratchFolder: folder,
  signal: new AbortController().signal,
  enqueueProcessing: async () => undefined,
  onChanged: () => undefined,
})
const deps = {
  db,
  pool,
  bus,
  clock,
  appender: createAppender({ pool, bus, clock, follow: followAppends() }),
  attachments,
  url: 'http://localhost:3000',
}

const count = async (table: string, condition = 'true'): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from ${sql.raw(`${table} where ${condition}`)}`.execute(db)
  return rows[0]?.n ?? 0
}

test('fills an empty database once: of two processes that start together one does it, the other waits for it', async () => {
  const other = await openDatabase({ url, poolSize: 4, applicationName: 'qiao-test-other', log })
  const answers: string[] = []
  const here = seedDemo(deps).then((made) => answers.push(`here ${made}`))
  // The people come first: from now on the system looks set up, long before there is anything to show.
  await vi.waitUntil(() => count('agents'), { timeout: 20_000 })
  const there = seedDemo({ ...deps, db: other.db, pool: other.pool }).then((made) => answers.push(`there ${made}`))
  await Promise.all([here, there])
  expect(answers).toEqual(['here true', 'there false'])
  await other.close()
  const conversations = await count('conversations')
  expect(await seedDemo(deps)).toBe(false)
  expect(await count('conversations')).toBe(conversations)
})

test('has life on every screen', async () => {
  expect(await count('agents')).toBe(5)
  expect(await count('teams')).toBe(2)
  expect(await count('inboxes')).toBe(2)
  expect(await count('conversations')).toBeGreaterThanOrEqual(60)
  expect(await count('conversations', "state = 'open' and assignee_id is null")).toBeGreaterThan(5)
  expect(await count('conversations', "state = 'open' and assignee_id is not null")).toBeGreaterThan(5)
  expect(await count('conversations', "state = 'snoozed'")).toBeGreaterThan(0)
  expect(await count('conversations', "state = 'closed' and survey->>'score' is not null")).toBeGreaterThan(20)
  expect(await count('conversations', 'waiting_since is not null')).toBeGreaterThan(5)
  expect(await count('mentions')).toBeGreaterThan(1)
  expect(await count('attachments')).toBeGreaterThan(8)
})

test('works with queues: what is open and nobody has waits in one, and its history can be replayed', async () => {
  expect(await count('queues')).toBe(3)
  const unanswered = await count('conversations', "state = 'open' and assignee_id is null")
  expect(await count('work_items', "state = 'waiting'")).toBe(unanswered)
  expect(await count('conversations', "state = 'open' and assignee_id is null and queue is null")).toBe(0)
  expect(await count('work_items', 'accepted_at is not null and ended_at is not null')).toBeGreaterThan(20)
  expect(await count('work_items', "state in ('held', 'wrap-up')")).toBe(0)
  expect(await count('work_items', 'left_queue_at > now() or ended_at > now()')).toBe(0)
  expect(await count('agent_work', "state = 'offline'")).toBe(5)
  expect(await count('agents', 'number is null')).toBe(0)
})

test('nothing happens in the future, and each history is in order', async () => {
  expect(await count('entries', 'at > now()')).toBe(0)
  const { rows } = await sql`
    select 1 from entries as one join entries as next using (conversation_id)
    where next.seq = one.seq + 1 and next.at < one.at`.execute(db)
  expect(rows).toHaveLength(0)
})
