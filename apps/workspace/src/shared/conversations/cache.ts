import type { ConversationItem, Entry } from '@qiao/protocol'
import { type QueryClient, notifyManager } from '@tanstack/react-query'
import { meQuery } from '../session.ts'
import { teamsQuery } from '../staff.ts'
import { afterReading } from './after-reading.ts'
import { applyToItem } from './apply-to-item.ts'
import { type ListFilters, type Viewer, viewerOf } from './filters.ts'
import { placeItem } from './place-item.ts'
import { type ItemPages, itemQuery, itemsOf, listKey, timelineQuery, withItems } from './queries.ts'
import { appendEntries, lastSeqOf } from './timeline.ts'

/** Every place of the cache that holds conversations, and how a change reaches all of them. */

export function currentViewer(client: QueryClient): Viewer | null {
  const me = client.getQueryData(meQuery.queryKey)?.me
  return me ? viewerOf(me, client.getQueryData(teamsQuery.queryKey) ?? []) : null
}

interface HeldList {
  key: readonly unknown[]
  filters: ListFilters
  pages: ItemPages
}

export function heldLists(client: QueryClient): HeldList[] {
  return client.getQueriesData<ItemPages>({ queryKey: listKey }).flatMap(([key, pages]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys below `listKey` are made by listQuery alone
    return pages ? [{ key, filters: key[2] as ListFilters, pages }] : []
  })
}

export const hasMorePages = (pages: ItemPages): boolean => (pages.pages.at(-1)?.nextCursor ?? null) !== null

export function findItem(client: QueryClient, id: string): ConversationItem | undefined {
  const held = client.getQueryData(itemQuery(id).queryKey)
  if (held) return held
  for (const { pages } of heldLists(client)) {
    for (const page of pages.pages) {
      const found = page.items.find(({ conversation }) => conversation.id === id)
      if (found) return found
    }
  }
  return undefined
}

/** Puts a conversation into its own cache and into each list where it belongs, and out of the others. */
export const putItem = (client: QueryClient, item: ConversationItem): void =>
  // One drawing for the row and all lists, not one for each.
  notifyManager.batch(() => put(client, item))

function put(client: QueryClient, item: ConversationItem): void {
  client.setQueryData(itemQuery(item.conversation.id).queryKey, item)
  const viewer = currentViewer(client)
  if (!viewer) return
  for (const { key, filters, pages } of heldLists(client)) {
    const before = itemsOf(pages)
    const after = placeItem(before, item, filters, viewer, hasMorePages(pages))
    if (after !== before) client.setQueryData<ItemPages>(key, withItems(pages, after))
  }
  noteOvertaken(client, item.conversation.id)
}

/**
 * What becomes known while a list is being read may be newer than the list: the server can have looked before. These
 * are put in again once the list is there.
 */
const overtaken = new WeakMap<QueryClient, Set<string>>()

function noteOvertaken(client: QueryClient, id: string): void {
  if (client.isFetching({ queryKey: listKey }) === 0) return
  const noted = overtaken.get(client)
  if (noted) return void noted.add(id)
  const ids = new Set([id])
  overtaken.set(client, ids)
  afterReading(client, () => {
    overtaken.delete(client)
    for (const each of ids) {
      const item = findItem(client, each)
      if (item) putItem(client, item)
    }
  })
}

/** A row that was read: pushes that overtook the reading are not undone by it. */
export function putFresh(client: QueryClient, item: ConversationItem): void {
  const held = findItem(client, item.conversation.id)
  if (!held || held.conversation.lastSeq <= item.conversation.lastSeq) putItem(client, item)
}

export function changeItem(
  client: QueryClient,
  id: string,
  change: (item: ConversationItem) => ConversationItem,
): void {
  const item = findItem(client, id)
  if (!item) return
  const after = change(item)
  if (after !== item) putItem(client, after)
}

/** It is no longer ours to see. */
export function dropItem(client: QueryClient, id: string): void {
  for (const { key, pages } of heldLists(client)) {
    const items = itemsOf(pages)
    const kept = items.filter(({ conversation }) => conversation.id !== id)
    if (kept.length !== items.length) client.setQueryData<ItemPages>(key, withItems(pages, kept))
  }
  void client.invalidateQueries({ queryKey: itemQuery(id).queryKey, refetchType: 'active' })
}

/** Applies entries to rows and thread. Gives false at a gap: the missing part is to be read. */
export const ingest = (client: QueryClient, id: string, entries: readonly Entry[], agentId: string): boolean =>
  notifyManager.batch(() => take(client, id, entries, agentId))

function take(client: QueryClient, id: string, entries: readonly Entry[], agentId: string): boolean {
  let whole = true
  const timelineKey = timelineQuery(id).queryKey
  const timeline = client.getQueryData(timelineKey)
  if (timeline) {
    const { timeline: after, missing } = appendEntries(timeline, entries)
    if (after !== timeline) client.setQueryData(timelineKey, after)
    whole = !missing
  }
  const item = findItem(client, id)
  if (!item) return whole
  let changed = item
  for (const entry of entries) {
    if (entry.seq > changed.conversation.lastSeq + 1) return false
    changed = applyToItem(changed, entry, agentId)
  }
  // A list can be behind although the row is not: it was read before what the row has heard since.
  if (changed !== item || isBehind(client, changed)) putItem(client, changed)
  return whole
}

const isBehind = (client: QueryClient, { conversation }: ConversationItem): boolean =>
  heldLists(client).some(({ pages }) =>
    itemsOf(pages).some(
      (held) => held.conversation.id === conversation.id && held.conversation.lastSeq < conversation.lastSeq,
    ),
  )

/** After which number the held part of a conversation ends; null when nothing of it is held. */
export function heldUpTo(client: QueryClient, id: string): number | null {
  const timeline = client.getQueryData(timelineQuery(id).queryKey)
  const item = findItem(client, id)
  const ends = [timeline ? lastSeqOf(timeline) : null, item ? item.conversation.lastSeq : null]
  const known = ends.filter((end) => end !== null)
  return known.length === 0 ? null : Math.min(...known)
}
