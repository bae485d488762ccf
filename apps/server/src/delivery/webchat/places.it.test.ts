import { SignJWT } from 'jose'
import { uuidv7 } from 'uuidv7'
import { afterEach, expect, test, vi } from 'vitest'
import { addQueue } from '../../testing/add-queue.ts'
import { startCompany } from '../../testing/company.ts'
import { connect, type Frame, type Peer } from '../../testing/socket-peer.ts'

vi.setConfig({ testTimeout: 60_000 })
const company = await startCompany({ QIAO_ROLES: 'web,router' })
const { db, must, agent } = company

const peers: Peer[] = []
afterEach(() => {
  for (const peer of peers.splice(0)) peer.close()
})
async function sit(token: string): Promise<Peer> {
  const peer = await connect(company.url, '/ws/visitor')
  peers.push(peer)
  peer.send({ type: 'hello', token })
  await peer.next((frame) => frame.type === 'ready')
  return peer
}
async function waitsIn(queueId: string) {
  const visitor = await company.visitor()
  await must('POST', `/api/v1/conversations/${visitor.conversationId}/queue`, agent.credentials, {
    clientKey: uuidv7(),
    queueId,
  })
  return visitor
}
const at = (position: number | null) => (frame: Frame) =>
  frame.type === 'queue' && ((frame['place'] as { position: number } | null)?.position ?? null) === position
const goneAt = async (conversationId: string): Promise<Date | null> =>
  (
    await db
      .selectFrom('work_items')
      .select('customer_gone_at')
      .where('conversation_id', '=', conversationId)
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
  ).customer_gone_at

test('places move up as others leave, and are known to who comes back', async () => {
  const queueId = await addQueue(db)
  const first = await waitsIn(queueId)
  const second = await waitsIn(queueId)
  const [one, two] = [await sit(first.token), await sit(second.token)]
  await one.next(at(1))
  await two.next(at(2))
  expect(one.frames.filter(at(2))).toEqual([])

  await must('POST', `/api/client/v1/conversations/${first.conversationId}/leave-queue`, first.credentials, {
    clientKey: uuidv7(),
    instead: 'nothing',
  })
  await one.next(at(null))
  await two.next(at(1))
  expect(JSON.stringify(two.frames)).not.toContain(first.conversationId)

  const me = await must('GET', '/api/client/v1/me', second.credentials)
  expect(me.places).toMatchObject([{ conversationId: second.conversationId, position: 1 }])
  await (await sit(second.token)).next(at(1))
  expect((await must('GET', '/api/client/v1/me', first.credentials)).places).toEqual([])
})

test('who turns out to be a known customer keeps the place', async () => {
  const { id: inboxId, key } = company.inboxes.first
  const { secret } = await must('POST', `/api/v1/inboxes/${inboxId}/secrets`, company.admin.credentials, {})
  const identity = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('known')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret))
  const open = (body: object) => must('POST', `/api/client/v1/inboxes/${key}/sessions`, {}, body)
  const known = await open({ identity })
  const queueId = await addQueue(db)
  await waitsIn(queueId)
  const anonymous = await waitsIn(queueId)
  await (await sit(anonymous.token)).next(at(2))
  const { token, visitor } = await open({ identity, anonymousToken: anonymous.token })
  expect(visitor.contactId).toBe(known.visitor.contactId)
  await (await sit(token)).next(at(2))
})

test('a queue knows whether the customer is there: with the last open tab they are gone', async () => {
  const { token, conversationId: id } = await waitsIn(await addQueue(db))
  const tabs = [await sit(token), await sit(token)]
  expect(await goneAt(id)).toBeNull()
  tabs[0]?.close()
  await tabs[0]?.closed
  tabs[1]?.close()
  await expect.poll(() => goneAt(id)).not.toBeNull()
  await sit(token)
  await expect.poll(() => goneAt(id)).toBeNull()
})

test('who is to be called back is told the place, without what is for those who stay', async () => {
  const queueId = await addQueue(db, {
    alternatives: { afterSeconds: 0, message: true, callback: true },
    words: { en: { queued: 'Stay here, number {position}' } },
  })
  const first = await waitsIn(queueId)
  const caller = await waitsIn(queueId)
  const page = await sit(caller.token)
  await page.next(at(2))
  await must('POST', `/api/client/v1/conversations/${caller.conversationId}/leave-queue`, caller.credentials, {
    clientKey: uuidv7(),
    instead: 'callback',
    phone: '+86 10 8888 8888',
  })
  const isCalled = (frame: Frame) =>
    frame.type === 'queue' && (frame['place'] as { callback: boolean } | null)?.callback === true
  const { place, connecting } = await page.next((frame) => isCalled(frame) && at(2)(frame))
  expect(place).toMatchObject({ conversationId: caller.conversationId, alternatives: [], text: null })
  expect(connecting).toBe(false)
  const me = await must('GET', '/api/client/v1/me', caller.credentials)
  expect(me.places).toMatchObject([{ conversationId: caller.conversationId, position: 2, callback: true }])
  await must('POST', `/api/client/v1/conversations/${first.conversationId}/leave-queue`, first.credentials, {
    clientKey: uuidv7(),
    instead: 'nothing',
  })
  await page.next((frame) => isCalled(frame) && at(1)(frame))
})
