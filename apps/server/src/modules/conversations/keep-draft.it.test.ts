import type { MailDraft } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '#platform/database/test-database'
import { keepDraft, readDraftOf } from './keep-draft.ts'

const { db, pool } = await createTestDatabase()
const [agentId, conversationId] = [uuidv7(), uuidv7()]
const now = new Date('2026-01-05T08:00:00Z')
const empty = { text: '', mode: 'reply', replyToId: null, whisper: '', mail: null, insert: null } as const

beforeAll(async () => {
  // What a draft belongs to is of no matter here.
  await pool.query('alter table drafts drop constraint drafts_agent_id_fkey')
  await pool.query('alter table drafts drop constraint drafts_conversation_id_fkey')
})

test('a whisper alone is worth keeping, and nothing at all is not', async () => {
  await keepDraft(db, agentId, conversationId, { ...empty, mode: 'whisper', whisper: 'Ask for the order' }, now)
  expect(await readDraftOf(db, agentId, conversationId)).toEqual({
    ...empty,
    mode: 'whisper',
    whisper: 'Ask for the order',
    updatedAt: now.toISOString(),
  })
  await keepDraft(db, agentId, conversationId, { ...empty, mode: 'whisper', whisper: ' ' }, now)
  expect(await readDraftOf(db, agentId, conversationId)).toBeNull()
})

test('a draft from before there were whispers is read', async () => {
  await pool.query('insert into drafts (agent_id, conversation_id, body, updated_at) values ($1, $2, $3, $4)', [
    agentId,
    conversationId,
    { text: 'Half a sen', mode: 'note', replyToId: null },
    now,
  ])
  expect(await readDraftOf(db, agentId, conversationId)).toMatchObject({
    text: 'Half a sen',
    mode: 'note',
    whisper: '',
    mail: null,
    insert: null,
  })
})

test('a mail alone is worth keeping', async () => {
  const mail: MailDraft = {
    kind: 'reply',
    entryId: uuidv7(),
    to: [{ name: '王芳', address: 'fang@example.com' }],
    cc: [],
    bcc: [],
    subject: '茶叶到货了吗？',
    html: '<p>到了。</p>',
    attachments: [],
    signed: true,
    quoted: true,
  }
  await keepDraft(db, agentId, conversationId, { ...empty, mail }, now)
  expect((await readDraftOf(db, agentId, conversationId))?.mail).toEqual(mail)
  await keepDraft(db, agentId, conversationId, empty, now)
  expect(await readDraftOf(db, agentId, conversationId)).toBeNull()
})

test('a menu that is being put together alone is worth keeping', async () => {
  const insert = { menu: { text: 'Which tea?', options: ['White', ''] } }
  await keepDraft(db, agentId, conversationId, { ...empty, insert }, now)
  expect((await readDraftOf(db, agentId, conversationId))?.insert).toEqual(insert)
  await keepDraft(db, agentId, conversationId, empty, now)
  expect(await readDraftOf(db, agentId, conversationId)).toBeNull()
})
