import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry, VisitorConversation } from '@qiao/protocol'
import { WebSocket } from 'ws'
import { must } from './staff.ts'

type Frame = Record<string, unknown> & { type: string }

/** What a client knows: entries by conversation, in order, with no gap. */
export type Timelines = Map<string, Entry[]>

interface ClientOptions {
  /** Asked at each (re)connect, so that a client can move to another server. */
  url: () => string
  path: string
  headers?: Record<string, string>
  onOpen: (socket: WebSocket) => void
  /** Reads what follows a number; the same path for gaps and reconnects. */
  readAfter: (conversationId: string, after: number) => Promise<{ entries: Entry[]; hasMore: boolean }>
  onFrame?: (frame: Frame) => void
  /** At each (re)connect: what was not acknowledged is sent again. */
  onReady?: () => void
  /** Which conversations to read after a (re)connect; without it all that are known. */
  outdated?: (timelines: Timelines) => Promise<Iterable<string>>
}

/** A client as ours are: applies entries in order, reads what is missing, comes back when the socket is gone. */
export function timelineClient(options: ClientOptions) {
  const timelines: Timelines = new Map()
  const reading = new Map<string, Promise<void>>()
  /** The highest number heard of: an entry that comes while a reading is under way may be newer than its answer. */
  const heardOf = new Map<string, number>()
  let socket: WebSocket | undefined
  let stopped = false
  let ready = false

  function apply(conversationId: string, entries: readonly Entry[]): void {
    const known = timelines.get(conversationId) ?? []
    timelines.set(conversationId, known)
    for (const entry of entries) {
      if (entry.seq <= known.length) continue
      heardOf.set(conversationId, Math.max(entry.seq, heardOf.get(conversationId) ?? 0))
      if (entry.seq > known.length + 1) return void catchUp(conversationId)
      known.push(entry)
    }
  }
  async function catchUp(conversationId: string): Promise<void> {
    const running = reading.get(conversationId)
    if (running) return running
    const work = readAll(conversationId).finally(() => reading.delete(conversationId))
    reading.set(conversationId, work)
    return work
  }
  async function readAll(conversationId: string): Promise<void> {
    for (;;) {
      const after = timelines.get(conversationId)?.length ?? 0
      const part = await options.readAfter(conversationId, after).catch(() => null)
      if (!part) {
        if (stopped) return
        await sleep(200)
        continue
      }
      const known = timelines.get(conversationId) ?? []
      timelines.set(conversationId, known)
      for (const entry of part.entries) if (entry.seq === known.length + 1) known.push(entry)
      if (!part.hasMore && known.length >= (heardOf.get(conversationId) ?? 0)) return
      if (stopped) return
      if (part.entries.length === 0) await sleep(50)
    }
  }
  function connect(): void {
    const opened = new WebSocket(`${options.url().replace('http', 'ws')}${options.path}`, {
      headers: options.headers ?? {},
    })
    socket = opened
    opened.on('open', () => options.onOpen(opened))
    opened.on('message', (data: Buffer) => {
      const frame: Frame & { entries?: Entry[]; conversationId?: string } = JSON.parse(data.toString())
      if (frame.type === 'ready') void becomeReady()
      else if (frame.type === 'resync') void resync()
      else if ((frame.type === 'entries' || frame.type === 'sent') && frame.conversationId)
        apply(frame.conversationId, frame.entries ?? [])
      options.onFrame?.(frame)
    })
    opened.on('error', () => undefined)
    opened.on('close', () => {
      ready = false
      if (!stopped) setTimeout(connect, 50 + Math.random() * 150)
    })
  }
  async function resync(): Promise<void> {
    for (;;) {
      const ids = await (options.outdated?.(timelines) ?? Promise.resolve(timelines.keys())).catch(() => null)
      if (ids || stopped) return void (await Promise.all([...(ids ?? [])].map(catchUp)))
      await sleep(200)
    }
  }
  async function becomeReady(): Promise<void> {
    ready = true
    options.onReady?.()
    await resync()
  }
  connect()
  return {
    timelines,
    isReady: () => ready,
    send: (frame: object) => {
      if (ready && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    catchUp,
    /** Leaves and comes back, as after a lost connection. */
    reconnect: () => socket?.terminate(),
    stop() {
      stopped = true
      socket?.terminate()
    },
  }
}

export interface VisitorSession {
  token: string
}

export async function openVisitor(url: string, inboxKey: string): Promise<VisitorSession> {
  const response = await must(
    await fetch(`${url}/api/client/v1/inboxes/${inboxKey}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }),
  )
  return JSON.parse(await response.text())
}

export async function sendOverHttp(
  url: string,
  token: string,
  body: object,
): Promise<{ conversation: VisitorConversation; entries: Entry[] }> {
  const response = await must(
    await fetch(`${url}/api/client/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    }),
  )
  return JSON.parse(await response.text())
}

export const readAfterAs =
  (url: () => string, headers: Record<string, string>, prefix: string) => async (id: string, after: number) => {
    const response = await must(
      await fetch(`${url()}${prefix}/conversations/${id}/entries?after=${after}&limit=100`, { headers }),
    )
    const part: { entries: Entry[]; hasMore: boolean } = JSON.parse(await response.text())
    return part
  }
