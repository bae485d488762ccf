import { uuidv7 } from 'uuidv7'
import { expect, test, vi } from 'vitest'
import { startCompany } from './testing/company.ts'

/** A flood of messages: visitor-fuzz.it.test.ts. Guessed passwords: access/attempts.it.test.ts. */
vi.setConfig({ testTimeout: 120_000 })
const company = await startCompany({ QIAO_TRUST_PROXY: 'on' })

const statuses = (answers: readonly { status: number }[], status: number): number =>
  answers.filter((answer) => answer.status === status).length

test('whoever owns a network has one address; another network is served meanwhile', async () => {
  const path = `/api/client/v1/inboxes/${company.inboxes.first.key}/sessions`
  const from = (ip: string) => company.call('POST', path, { 'x-forwarded-for': ip }, {})
  const flood = await Promise.all(Array.from({ length: 500 }, (_, turn) => from(`2001:db8:1:2:${turn}::7`)))
  expect(statuses(flood, 201)).toBeGreaterThanOrEqual(300)
  expect(statuses(flood, 429)).toBeGreaterThan(0)
  expect(statuses(flood, 201) + statuses(flood, 429)).toBe(500)
  expect(flood.find(({ status }) => status === 429)?.body).toMatchObject({ code: 'rate-limited', retryAfterSeconds: 1 })
  expect((await from('2001:db8:1:3::7')).status).toBe(201)
  expect((await from('203.0.113.7')).status).toBe(201)
})

test('a visitor cannot fill the disk; another one may send files meanwhile', async () => {
  const [greedy, other] = [await company.visitor(), await company.visitor()]
  const upload = (credentials: Record<string, string>) =>
    company.call('PUT', `/api/client/v1/attachments/${uuidv7()}?name=a.txt`, credentials, Buffer.from('plain words'))
  const flood = await Promise.all(Array.from({ length: 120 }, () => upload(greedy.credentials)))
  expect(statuses(flood, 429)).toBeGreaterThan(0)
  expect(statuses(flood, 201) + statuses(flood, 429)).toBe(120)
  expect(flood.find(({ status }) => status === 429)?.body.retryAfterSeconds).toBeGreaterThan(0)
  expect((await upload(other.credentials)).status).toBe(201)
})

test('pages seen are limited apart from messages', async () => {
  const visitor = await company.visitor()
  const track = { pages: [{ url: 'https://shop.example/' }], events: [] }
  const flood = await Promise.all(
    Array.from({ length: 300 }, () => company.call('POST', '/api/client/v1/track', visitor.credentials, track)),
  )
  expect(statuses(flood, 429)).toBeGreaterThan(0)
  const message = { clientKey: uuidv7(), conversationId: visitor.conversationId, content: { type: 'text', text: 'hi' } }
  expect((await company.call('POST', '/api/client/v1/messages', visitor.credentials, message)).status).toBe(200)
})
