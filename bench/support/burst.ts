import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConversationItem, Entry } from '@qiao/protocol'
import { openVisitor, readAfterAs, sendOverHttp, timelineClient, type Timelines } from './sockets.ts'
import type { Staff } from './staff.ts'

export interface BurstSize {
  messages: number
  conversations: number
  sockets: number
}

interface BurstOptions extends BurstSize {
  staff: Staff
  /** Where a client connects next: asked at each reconnect, so that clients leave a server that was killed. */
  visitorUrl: () => string
  agentUrl: () => string
  /** Asked while the burst runs: kills, restarts. Its end and the end of the burst are both awaited. */
  disturb: (acknowledged: () => number) => Promise<void>
  /** What the public address of all servers is; sockets of agents must come from there. */
  origin: string
}

/** What was sent and acknowledged, and what every client ended up with. */
export interface BurstOutcome {
  acknowledged: Map<string, { conversationId: string; text: string }>
  visitors: Timelines[]
  agent: Timelines
  sendSeconds: number
  resent: number
  refused: number
  stop(): void
}

/** A few in flight for each socket: enough to have something unanswered at any kill, as few as a person could type. */
const inFlight = 8

export async function runBurst(options: BurstOptions): Promise<BurstOutcome> {
  const { conversations, sockets } = options
  const acknowledged: BurstOutcome['acknowledged'] = new Map()
  const tally = { resent: 0, refused: 0 }
  const perVisitor = Math.ceil(conversations / sockets)
  const perConversation = Math.ceil(options.messages / (perVisitor * sockets))
  const agent = openAgent(options)
  const visitors = await Promise.all(
    Array.from({ length: sockets }, () => openSender(options, perVisitor, perConversation, acknowledged, tally)),
  )
  const started = performance.now()
  const sending = Promise.all(visitors.map((visitor) => visitor.sendAll()))
  await Promise.all([sending, options.disturb(() => acknowledged.size)])
  return {
    acknowledged,
    visitors: visitors.map((visitor) => visitor.timelines),
    agent: agent.timelines,
    sendSeconds: (performance.now() - started) / 1000,
    ...tally,
    stop() {
      agent.stop()
      for (const visitor of visitors) visitor.stop()
    },
  }
}

/** One visitor with several conversations, who writes in each by turns and sends again what was not acknowledged. */
async function openSender(
  { visitorUrl, staff }: BurstOptions,
  conversations: number,
  perConversation: number,
  acknowledged: BurstOutcome['acknowledged'],
  tally: { resent: number; refused: number },
) {
  const { token } = await openVisitor(visitorUrl(), staff.inbox.key)
  const ids: string[] = []
  for (let turn = 0; turn < conversations; turn += 1) {
    const content = { type: 'text', text: 'hello' }
    const first = await sendOverHttp(visitorUrl(), token, { clientKey: randomUUID(), conversationId: null, content })
    ids.push(first.conversation.id)
  }
  const unanswered = new Map<string, { conversationId: string; text: string }>()
  let next = 0
  const finished = Promise.withResolvers<void>()
  const transmit = (clientKey: string, conversationId: string, text: string): void =>
    client.send({ type: 'send', clientKey, conversationId, content: { type: 'text', text } })

  function sendMore(): void {
    while (next < perConversation * ids.length && unanswered.size < inFlight) {
      const conversationId = ids[next % ids.length] ?? ''
      const text = `message ${Math.floor(next / ids.length)}`
      const clientKey = randomUUID()
      next += 1
      unanswered.set(clientKey, { conversationId, text })
      transmit(clientKey, conversationId, text)
    }
    if (unanswered.size === 0) finished.resolve()
  }
  const client = timelineClient({
    url: visitorUrl,
    path: '/ws/visitor',
    onOpen: (socket) => socket.send(JSON.stringify({ type: 'hello', token })),
    readAfter: readAfterAs(visitorUrl, { authorization: `Bearer ${token}` }, '/api/client/v1'),
    onReady: () => {
      tally.resent += unanswered.size
      for (const [key, { conversationId, text }] of unanswered) transmit(key, conversationId, text)
    },
    onFrame: (frame) => {
      if (frame.type === 'sent' && typeof frame['clientKey'] === 'string') {
        const message = unanswered.get(frame['clientKey'])
        if (!message) return
        unanswered.delete(frame['clientKey'])
        acknowledged.set(frame['clientKey'], message)
        sendMore()
      } else if (frame.type === 'refused') {
        // "Not now" is the only refusal that can come here. Whatever follows would overtake it, so all is sent again.
        tally.refused += 1
        client.reconnect()
      }
    },
  })
  for (const id of ids) void client.catchUp(id)
  return {
    timelines: client.timelines,
    stop: () => client.stop(),
    sendAll: async () => {
      while (!client.isReady()) await sleep(20)
      sendMore()
      await finished.promise
    },
  }
}

/** An agent who sees every conversation, and after a reconnect asks the list which of them have moved on. */
function openAgent({ agentUrl, staff, origin }: BurstOptions) {
  const headers = { cookie: staff.cookie, origin }
  return timelineClient({
    url: agentUrl,
    path: '/ws/agent',
    headers,
    onOpen: () => undefined,
    readAfter: readAfterAs(agentUrl, headers, '/api/v1'),
    outdated: async (timelines) => {
      const ids: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { items: ConversationItem[]; nextCursor: string | null } = await readPage(
          agentUrl(),
          headers,
          cursor,
        )
        for (const { conversation } of page.items)
          if (conversation.lastSeq > (timelines.get(conversation.id)?.length ?? 0)) ids.push(conversation.id)
        cursor = page.nextCursor
      }
      return ids
    },
  })
}

async function readPage(url: string, headers: Record<string, string>, cursor: string) {
  const query = `view=all&sort=oldest&limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
  const response = await fetch(`${url}/api/v1/conversations?${query}`, { headers })
  if (!response.ok) throw new Error(`${response.status}`)
  const page: { items: ConversationItem[]; nextCursor: string | null } = JSON.parse(await response.text())
  return page
}

export const idsOf = (entries: readonly Entry[] | undefined): string => (entries ?? []).map((entry) => entry.id).join()
