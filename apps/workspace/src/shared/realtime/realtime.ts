import type { AgentClientFrame, AgentServerFrame, Attachment, Entry } from '@qiao/protocol'
import type { QueryClient } from '@tanstack/react-query'
import { applyMarks } from '../conversations/apply-to-item.ts'
import { changeItem, findItem, hasMorePages, heldLists, ingest } from '../conversations/cache.ts'
import { afterReading } from '../conversations/after-reading.ts'
import { catchUp } from '../conversations/catch-up.ts'
import { countsQuery, itemQuery, listKey } from '../conversations/queries.ts'
import { attachmentKey } from '../attachments.ts'
import { contactKey } from '../contacts.ts'
import { inTurn } from '../in-turn.ts'
import { createStore } from '../store.ts'
import { type Connection, type ConnectionState, connect } from './connection.ts'
import { frameQueue } from './frame-queue.ts'
import { paced } from './paced.ts'
import { forgetPresence, noteOnline, noteTyping, noteViewers } from './presence.ts'
import { noteServerTime } from '../server-time.ts'

export const connectionStore = createStore<ConnectionState>('connecting')

/** Entries as they happen, for reminders. Never those read after a reconnect by other ways than `catchUp`. */
export type EntriesListener = (conversationId: string, entries: readonly Entry[]) => void
const entriesListeners = new Set<EntriesListener>()
export function onEntries(listener: EntriesListener): () => void {
  entriesListeners.add(listener)
  return () => entriesListeners.delete(listener)
}
export type RoutingFrame = Extract<AgentServerFrame, { type: 'routing' | 'offer' | 'offer-ended' | 'board' }>
const routingListeners = new Set<(frame: RoutingFrame) => void>()
/** The caller's state, offers, and the board for those who watch it. */
export function onRoutingFrame(listener: (frame: RoutingFrame) => void): () => void {
  routingListeners.add(listener)
  return () => routingListeners.delete(listener)
}
const reopenListeners = new Set<() => void>()
export function onReconnect(listener: () => void): () => void {
  reopenListeners.add(listener)
  return () => reopenListeners.delete(listener)
}

/** What is read anew when a frame says so: after a gap, without having been told. */
const missable = [
  'me',
  'agents',
  'teams',
  'inboxes',
  'calendars',
  'routing',
  'templates',
  'contacts',
  'reply-policy',
  'scheduled-replies',
]

let connection: Connection | null = null
export const sendFrame = (frame: AgentClientFrame): boolean => connection?.send(frame) ?? false

const announce: EntriesListener = (id, entries) => {
  for (const listener of entriesListeners) listener(id, entries)
}

/** Kinds that can bring a conversation into a list by themselves; a message alone only moves what is listed. */
const movesBetweenViews = (entry: Entry, agentId: string): boolean =>
  entry.kind !== 'note.added' ? !entry.kind.startsWith('message.') : entry.body.mentions.includes(agentId)

export function startRealtime(client: QueryClient, agentId: string): () => void {
  let countsTimer: ReturnType<typeof setTimeout> | undefined
  const recount = (): void => {
    countsTimer ??= setTimeout(() => {
      countsTimer = undefined
      void client.invalidateQueries({ queryKey: countsQuery.queryKey })
    }, 1000)
  }

  const askWays = paced((id) => void client.invalidateQueries({ queryKey: ['reply-policy', id] }), 1000)

  const ended = new AbortController()
  const receive = (id: string, entries: readonly Entry[]): void => {
    const known = findItem(client, id) !== undefined
    if (known) {
      if (!ingest(client, id, entries, agentId)) void catchUp(client, id, agentId, announce)
      else announce(id, entries)
    } else {
      const lists = heldLists(client)
      const couldShow = lists.length > 0 && entries.some((entry) => movesBetweenViews(entry, agentId))
      // A list that is being read may bring it, as it was a moment ago.
      const mayCome = client.isFetching({ queryKey: listKey }) > 0
      if (couldShow || mayCome || lists.some(({ pages }) => hasMorePages(pages))) {
        void catchUp(client, id, agentId).then(() => announce(id, entries))
      }
    }
    if (entries.some((entry) => movesBetweenViews(entry, agentId) || entry.kind === 'message.received')) recount()
    for (const entry of entries) {
      if (entry.kind === 'message.received' || entry.kind === 'message.sent') {
        noteTyping(id, { type: 'contact', id: 'id' in entry.author ? entry.author.id : '' }, false, undefined)
      }
      // The way by which the customer wrote last is the one that is meant next.
      if (entry.kind === 'message.received') askWays(id)
      if (entry.kind === 'contact.identified') {
        void client.invalidateQueries({ queryKey: itemQuery(id).queryKey })
        void client.invalidateQueries({ queryKey: listKey })
      }
    }
  }

  const readAgain = (): void => {
    for (const query of client.getQueryCache().findAll({ queryKey: ['conversations', 'timeline'], type: 'active' })) {
      const id = query.queryKey[2]
      if (typeof id === 'string') void catchUp(client, id, agentId, announce)
    }
    void client.invalidateQueries({ queryKey: listKey })
    void client.invalidateQueries({ queryKey: countsQuery.queryKey })
  }
  /** Everything on screen is read again by the same path as a gap; what nobody looks at is forgotten. */
  const resync = (): void => {
    client.removeQueries({ queryKey: ['conversations', 'timeline'], type: 'inactive' })
    client.removeQueries({ queryKey: ['conversations', 'item'], type: 'inactive' })
    readAgain()
    for (const key of missable) void client.invalidateQueries({ queryKey: [key] })
    for (const listener of reopenListeners) listener()
  }

  const onFrame = (frame: AgentServerFrame): void => {
    switch (frame.type) {
      case 'ready':
        return noteServerTime(frame.serverTime)
      case 'pong':
      case 'refused':
        return
      case 'resync':
        return resync()
      case 'sent':
      case 'entries':
        return receive(frame.conversationId, frame.entries)
      case 'marks':
        return changeItem(client, frame.conversationId, (item) => applyMarks(item, frame.marks))
      case 'read':
        recount()
        return changeItem(client, frame.conversationId, (item) => ({
          ...item,
          unreadCount: frame.unreadCount,
          mentioned: frame.unreadCount === 0 ? false : item.mentioned,
        }))
      case 'attachment':
        client.setQueryData<Attachment>(attachmentKey(frame.attachment.id), frame.attachment)
        return
      case 'contact':
        return receiveContact(client, frame)
      case 'contacts-merged':
        // There are other ways to answer now.
        void client.invalidateQueries({ queryKey: ['reply-policy'] })
        void client.invalidateQueries({ queryKey: ['contacts'] })
        void client.invalidateQueries({ queryKey: ['conversations', 'of-contact'] })
        return
      case 'typing':
        return noteTyping(frame.conversationId, frame.who, frame.typing, frame.draft)
      case 'viewers':
        return noteViewers(frame.conversationId, frame.agentIds)
      case 'reply-policy': {
        void client.invalidateQueries({ queryKey: ['reply-policy', frame.conversationId] })
        // Which addresses work is said beside the customer, too.
        void client.invalidateQueries({ queryKey: ['conversation-people', frame.conversationId] })
        const contactId = findItem(client, frame.conversationId)?.contact.id
        if (contactId !== undefined) void client.invalidateQueries({ queryKey: contactKey(contactId) })
        return
      }
      case 'scheduled-replies':
        void client.invalidateQueries({ queryKey: ['scheduled-replies', frame.conversationId] })
        return
      case 'online':
        return noteOnline(frame.contactId, frame.online)
      case 'changed':
        void client.invalidateQueries({ queryKey: [frame.what === 'organisation' ? 'me' : frame.what] })
        return
      case 'routing':
      case 'offer':
      case 'offer-ended':
      case 'board':
        for (const listener of routingListeners) listener(frame)
        return
      case 'signed-out':
        location.assign('/sign-in')
        return
      default:
        frame satisfies never
    }
  }

  const queue = frameQueue(onFrame)
  const address = new URL('/ws/agent', location.href)
  address.protocol = address.protocol.replace('http', 'ws')
  connection = connect({
    url: address.href,
    onFrame: queue.push,
    onOpen: (reopened) => {
      if (reopened) return resync()
      for (const listener of reopenListeners) listener()
      // What was read before the server knew of this page may lack what happened until then.
      afterReading(client, readAgain, ended.signal)
    },
    onState: (state) => {
      connectionStore.set(state)
      if (state === 'lost') forgetPresence()
    },
  })
  return () => {
    clearTimeout(countsTimer)
    askWays.stop()
    ended.abort()
    queue.stop()
    connection?.close()
    connection = null
  }
}

function receiveContact(client: QueryClient, { contact }: Extract<AgentServerFrame, { type: 'contact' }>): void {
  if (!inTurn(client, 'contact', contact.id).isUnderWay()) {
    client.setQueriesData<{ contact: typeof contact }>({ queryKey: contactKey(contact.id) }, (held) =>
      held && held.contact.version < contact.version ? { ...held, contact } : held,
    )
  }
  const ids = new Set<string>()
  for (const { pages } of heldLists(client)) {
    for (const page of pages.pages) {
      for (const item of page.items) if (item.contact.id === contact.id) ids.add(item.conversation.id)
    }
  }
  const { id, name, avatarUrl, version } = contact
  for (const each of ids) {
    changeItem(client, each, (item) =>
      item.contact.version < version ? { ...item, contact: { id, name, avatarUrl, version } } : item,
    )
  }
}
