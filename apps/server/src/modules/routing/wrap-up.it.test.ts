import { uuidv7 } from 'uuidv7'
import { expect, test } from 'vitest'
import type { QueueSettings } from '@qiao/protocol'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { endDueWrapUps } from './end-due.ts'
import { createAppender } from '#conversations'
import { createLocalBus } from '#platform/bus/bus'
import { systemClock } from '#platform/clock'
import { createLog } from '#platform/log'
import { followAppends } from './follow-appends.ts'

const origin = 'http://qiao.test'
const company = await startCompany({ QIAO_SECRET: 'a secret that both processes know, long enough', QIAO_URL: origin })
const { db, pool, must, agent, admin } = company
const there = await company.another()
const key = () => ({ clientKey: uuidv7() })
/** A third process, for what ends by itself. */
const bus = createLocalBus(createLog({ level: 'error' }))
const appender = createAppender({ pool, bus, clock: systemClock, follow: followAppends() })

async function inWrapUp(wrapUp: Partial<QueueSettings['wrapUp']> = {}) {
  const queueId = await addQueue(db, { wrapUp: { mode: 'mandatory', seconds: 60, needsDisposition: false, ...wrapUp } })
  const { conversationId: id } = await company.visitor()
  const path = `/api/v1/conversations/${id}`
  await must('POST', `${path}/queue`, admin.credentials, { ...key(), queueId })
  await must('POST', `${path}/assign`, admin.credentials, { ...key(), agentId: agent.id })
  await must('POST', `${path}/close`, agent.credentials, { ...key(), reason: 'resolved' })
  const item = await db
    .selectFrom('work_items')
    .select(['id', 'state'])
    .where('conversation_id', '=', id)
    .executeTakeFirstOrThrow()
  expect(item.state).toBe('wrap-up')
  return { id, itemId: item.id }
}
const dispositionOf = async (zh: string): Promise<string> =>
  (await must('POST', '/api/v1/disposition-codes', admin.credentials, { names: { zh, en: zh }, queueIds: [] })).id
const entriesOf = (id: string) =>
  db
    .selectFrom('entries')
    .select('body')
    .where('conversation_id', '=', id)
    .where('kind', '=', 'conversation.wrapped-up')
    .execute()
async function wrap(url: string, itemId: string, body: object) {
  const response = await fetch(`${url}/api/v1/work-items/${itemId}/wrap-up`, {
    method: 'POST',
    headers: { ...agent.credentials, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ ...key(), ...body }),
  })
  const answer = (await response.json()) as { code?: string }
  return { ok: response.ok, code: answer.code }
}

test('of several wrap-ups at once, in two processes, one counts and is told once; the others hear that it is over', async () => {
  const { id, itemId } = await inWrapUp()
  const dispositions = await Promise.all(['一', '二', '三', '四', '五', '六'].map(dispositionOf))
  const answers = await Promise.all(
    dispositions.map((dispositionId, turn) => wrap(turn % 2 ? there : company.url, itemId, { dispositionId })),
  )
  const won = answers.findIndex(({ ok }) => ok)
  expect(answers.filter((_, turn) => turn !== won)).toEqual(
    Array.from({ length: 5 }, () => ({ ok: false, code: 'wrap-up-over' })),
  )
  const entries = await entriesOf(id)
  expect(entries).toMatchObject([{ body: { itemId, dispositionId: dispositions[won] } }])
  const item = await db.selectFrom('work_items').selectAll().where('id', '=', itemId).executeTakeFirstOrThrow()
  expect(item).toMatchObject({ state: 'ended', disposition_id: dispositions[won] })
})

test('a repeat with the same key gives the first answer', async () => {
  const { id, itemId } = await inWrapUp()
  const same = key()
  const answers = await Promise.all([1, 2, 3].map(() => wrap(company.url, itemId, same)))
  expect([...answers, await wrap(there, itemId, same)].every(({ ok }) => ok)).toBe(true)
  expect(await entriesOf(id)).toHaveLength(1)
})

test('an agent and the end of the time meet: one of them counts, and neither breaks the other', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const { id, itemId } = await inWrapUp({ mode: 'timed', seconds: 5 })
    await db
      .updateTable('work_items')
      .set({ wrap_until: new Date(0) })
      .where('id', '=', itemId)
      .execute()
    const [answer] = await Promise.all([
      wrap(company.url, itemId, {}),
      endDueWrapUps({ pool, bus, clock: systemClock, appender }),
    ])
    const entries = await entriesOf(id)
    expect(entries).toMatchObject([{ body: { cause: answer.ok ? 'agent' : 'time' } }])
    expect(answer.code).toBe(answer.ok ? undefined : 'wrap-up-over')
  }
})
