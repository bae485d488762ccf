import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { received } from '../../shared/conversations/sample.ts'
import { discard, enqueue, flushOutbox, nextToSend, outboxStore, retry, startOutbox } from './outbox.ts'

const id = received(1).conversationId
const text = (words: string) => ({
  type: 'reply' as const,
  content: { type: 'text' as const, text: words, markup: 'none' as const },
})
const storage = new Map<string, string>()
let sentKeys: string[]
let answer: () => Response | Promise<Response>

const settled = () => vi.waitFor(() => expect(outboxStore.get().every(({ state }) => state !== 'sending')).toBe(true))
const refusal = (code: string, status: number) => () => Response.json({ type: '', title: '', status, code }, { status })

beforeEach(() => {
  sentKeys = []
  answer = () => Response.json({ entries: [] })
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => storage.get(key) ?? null,
    setItem: (key: string, value: string) => void storage.set(key, value),
    removeItem: (key: string) => void storage.delete(key),
  })
  vi.stubGlobal('fetch', async (_url: string, init: { body: string }) => {
    const { clientKey }: { clientKey: string } = JSON.parse(init.body)
    sentKeys.push(clientKey)
    return answer()
  })
})
afterEach(() => {
  for (const { clientKey } of outboxStore.get()) discard(clientKey)
  vi.unstubAllGlobals()
})

test('what was sent leaves the outbox and its entries are delivered', async () => {
  const delivered: string[] = []
  startOutbox('agent-a', (conversationId) => delivered.push(conversationId))
  enqueue(id, text('a'))
  expect(outboxStore.get()).toMatchObject([{ state: 'sending' }])
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(delivered).toEqual([id])
})

test('without a connection it waits, keeps its order and sends the same key again', async () => {
  answer = () => Promise.reject(new TypeError('offline'))
  enqueue(id, text('a'))
  enqueue(id, text('b'))
  await vi.waitFor(() => expect(outboxStore.get()[0]).toMatchObject({ state: 'waiting', error: 'network' }))
  const keys = outboxStore.get().map(({ clientKey }) => clientKey)
  expect(sentKeys).toEqual([keys[0]])
  answer = () => Response.json({ entries: [] })
  flushOutbox()
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(sentKeys).toEqual([keys[0], keys[0], keys[1]])
})

test('a refusal keeps the words that say what to change, until it is tried again', async () => {
  answer = () =>
    Response.json(
      { type: '', title: '', status: 422, code: 'text-too-long', detail: 'At most 200 characters' },
      { status: 422 },
    )
  enqueue(id, text('a'))
  await vi.waitFor(() =>
    expect(outboxStore.get()[0]).toMatchObject({ error: 'text-too-long', detail: 'At most 200 characters' }),
  )
  answer = () => Promise.reject(new TypeError('offline'))
  retry(outboxStore.get()[0]?.clientKey ?? '')
  await vi.waitFor(() => expect(outboxStore.get()[0]?.state).toBe('waiting'))
  expect(outboxStore.get()[0]?.detail).toBeUndefined()
})

test('sent before the ways of the customer are known, it goes by the usual one all the same', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string, init: { body?: string }) => {
    asked.push(url.split('/').at(-1) ?? '')
    if (!init.body) return Response.json({ outlets: [outlet('own', false), outlet('app', true)] })
    expect(JSON.parse(init.body)).toMatchObject({ viaIdentityId: 'app' })
    return Response.json({ entries: [] })
  })
  enqueue(id, { ...text('a'), asUsual: true })
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(asked).toEqual(['outlets', 'messages'])
})
const outlet = (identityId: string, latest: boolean) => ({
  identityId,
  inboxId: identityId,
  channel: 'web',
  address: identityId,
  own: identityId === 'own',
  latest,
  open: true,
  template: false,
})

test('a refusal says why, lets the next one pass and can be tried again with the same key', async () => {
  answer = refusal('contact-blocked', 403)
  enqueue(id, text('a'))
  await settled()
  const [failed] = outboxStore.get()
  expect(failed).toMatchObject({ state: 'failed', error: 'contact-blocked' })
  expect(nextToSend(outboxStore.get(), id)).toBeUndefined()
  answer = () => Response.json({ entries: [] })
  enqueue(id, text('b'))
  await vi.waitFor(() => expect(outboxStore.get()).toHaveLength(1))
  retry(failed?.clientKey ?? '')
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(sentKeys.filter((key) => key === failed?.clientKey)).toHaveLength(2)
})

test('it leaves the server alone for as long as the server asks', async () => {
  vi.useFakeTimers({ now: new Date('2026-01-05T08:00:00Z') })
  const problem = { type: '', title: '', status: 503, code: 'unavailable', retryAfterSeconds: 30 }
  answer = () => Response.json(problem, { status: 503 })
  enqueue(id, text('a'))
  await vi.waitFor(() => expect(outboxStore.get()).toMatchObject([{ state: 'waiting', error: 'unavailable' }]))
  answer = () => Response.json({ entries: [] })
  await vi.advanceTimersByTimeAsync(20_000)
  enqueue(id, text('b'))
  flushOutbox()
  await vi.advanceTimersByTimeAsync(9_000)
  expect(sentKeys).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(1_000)
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(sentKeys).toHaveLength(3)
  vi.useRealTimers()
})

test('it is kept over a reload; what was under way waits to be sent again', async () => {
  answer = () => new Promise<Response>(() => undefined)
  startOutbox('agent-b', () => undefined)
  enqueue(id, text('a'))
  const kept = storage.get('qiao.outbox.agent-b') ?? '[]'
  expect(JSON.parse(kept)).toMatchObject([{ state: 'sending', body: { content: { text: 'a' } } }])
  storage.set('qiao.outbox.agent-c', kept.replaceAll(id, received(1).id))
  answer = () => Response.json({ entries: [] })
  startOutbox('agent-c', () => undefined)
  await vi.waitFor(() => expect(outboxStore.get()).toEqual([]))
  expect(new Set(sentKeys).size).toBe(1)
})
