import type { Me } from '@qiao/protocol'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findItem, ingest, putFresh } from './cache.ts'
import { catchUp } from './catch-up.ts'
import type { ListFilters } from './filters.ts'
import { type ItemPages, itemQuery, itemsOf, listQuery, timelineQuery } from './queries.ts'
import { assigned, closed, received, sampleId, sampleItem } from './sample.ts'

const id = sampleId(1)
const mine: ListFilters = { view: 'mine', sort: 'newest' }
const unassigned: ListFilters = { view: 'unassigned', sort: 'newest' }
let client: QueryClient

const listed = (filters: ListFilters): string[] =>
  itemsOf(client.getQueryData<ItemPages>(listQuery(filters).queryKey)).map(({ conversation }) => conversation.id)
const hold = (filters: ListFilters, items: ReturnType<typeof sampleItem>[]): void => {
  client.setQueryData<ItemPages>(listQuery(filters).queryKey, {
    pages: [{ items, nextCursor: null }],
    pageParams: [null],
  })
}

beforeEach(() => {
  client = new QueryClient()
  const me = { id: 'me', teamIds: [], inboxIds: null } as unknown as Me
  client.setQueryData(['me'], { me, organisation: { name: '', defaultLanguage: 'en', timeZone: 'UTC' } })
  hold(mine, [])
  hold(unassigned, [sampleItem(1)])
  client.setQueryData(timelineQuery(id).queryKey, { entries: [received(1)], hasMore: false })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('an entry reaches the thread and moves the row between lists', () => {
  expect(ingest(client, id, [received(2), assigned(3, 'me')], 'me')).toBe(true)
  expect(listed(unassigned)).toEqual([])
  expect(listed(mine)).toEqual([id])
  expect(client.getQueryData(timelineQuery(id).queryKey)?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3])
  ingest(client, id, [closed(4)], 'me')
  expect(listed(mine)).toEqual([])
})

test('a gap is told, and catching up reads what follows the last held entry', async () => {
  expect(ingest(client, id, [received(4)], 'me')).toBe(false)
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    const item = sampleItem(1, { lastSeq: 4, receivedCount: 4 })
    return Response.json({
      entries: [received(2), received(3), received(4)],
      item: { ...item, unreadCount: 3 },
      hasMore: false,
    })
  })
  await catchUp(client, id, 'me')
  expect(asked).toEqual([`/api/v1/conversations/${id}/entries?after=1&limit=200`])
  expect(client.getQueryData(timelineQuery(id).queryKey)?.entries.map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
  expect(findItem(client, id)).toMatchObject({ unreadCount: 3, conversation: { lastSeq: 4 } })
})

test('a conversation that can no longer be read leaves the lists', async () => {
  vi.stubGlobal('fetch', async () =>
    Response.json({ type: '', title: '', status: 404, code: 'not-found' }, { status: 404 }),
  )
  await catchUp(client, id, 'me')
  expect(listed(unassigned)).toEqual([])
})

test('a reading that pushes have overtaken does not undo them', () => {
  ingest(client, id, [received(2)], 'me')
  putFresh(client, sampleItem(1, { lastSeq: 1 }))
  expect(findItem(client, id)?.conversation.lastSeq).toBe(2)
})

test('a list that was read before what the row has heard since is put right by the next word of it', () => {
  ingest(client, id, [received(2)], 'me')
  hold(unassigned, [sampleItem(1)])
  ingest(client, id, [received(2)], 'me')
  const [row] = itemsOf(client.getQueryData<ItemPages>(listQuery(unassigned).queryKey))
  expect(row?.conversation.lastSeq).toBe(2)
})

test('a row whose reading pushes have overtaken keeps what they said', async () => {
  const answer = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', () => answer.promise)
  client.setQueryData(itemQuery(id).queryKey, sampleItem(1))
  const reading = client.fetchQuery({ ...itemQuery(id), staleTime: 0 })
  ingest(client, id, [received(2)], 'me')
  answer.resolve(Response.json(sampleItem(1)))
  await reading
  expect(findItem(client, id)?.conversation.lastSeq).toBe(2)
})

test('a list that was read before a command of ours was answered shows what the command did', async () => {
  const answer = Promise.withResolvers<Response>()
  vi.stubGlobal('fetch', () => answer.promise)
  hold(mine, [sampleItem(2, { assigneeId: 'me' })])
  const reading = client.fetchInfiniteQuery({ ...listQuery(mine), staleTime: 0 })
  ingest(client, id, [assigned(2, 'me')], 'me')
  ingest(client, sampleId(2), [closed(2)], 'me')
  answer.resolve(Response.json({ items: [sampleItem(2, { assigneeId: 'me' })], nextCursor: null }))
  await reading
  expect(listed(mine)).toEqual([id])
})

test('what is missing is asked for again when nobody answered', async () => {
  vi.useFakeTimers()
  const item = sampleItem(1, { lastSeq: 3 })
  const fetch = vi
    .fn<() => Promise<Response>>()
    .mockRejectedValueOnce(new TypeError('Failed to fetch'))
    .mockImplementation(async () => Response.json({ entries: [received(2), received(3)], item, hasMore: false }))
  vi.stubGlobal('fetch', fetch)
  const catching = catchUp(client, id, 'me')
  await vi.runAllTimersAsync()
  await catching
  expect(fetch).toHaveBeenCalledTimes(2)
  expect(findItem(client, id)?.conversation.lastSeq).toBe(3)
})
