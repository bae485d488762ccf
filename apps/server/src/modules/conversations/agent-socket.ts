import type { IncomingMessage } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { agentClientFrame, type AgentServerFrame, can, type Entry } from '@qiao/protocol'
import type { z } from 'zod'
import { contactChanged, contactsMerged } from '#contacts'
import { toAppError, toProblem } from '#platform/errors'
import type { Log } from '#platform/log'
import type { AgentPrincipal } from '#platform/principal'
import { closeCodes, type Connection } from '#platform/realtime/connection'
import type { SocketEndpoint, SocketSession } from '#platform/realtime/socket-server'
import { parseStorable } from '#platform/storable'
import { scopeOf } from './appender.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { markRead } from './mark-read.ts'
import { ownKey } from './own-key.ts'
import { sendReply } from './send-reply.ts'
import { canSee } from './sight.ts'
import {
  accessChanged,
  agentRead,
  attachmentChanged,
  contactOnline,
  entriesAppended,
  firstMailsMoved,
  marksMoved,
  replyPolicyMoved,
  scheduledMoved,
  type Scope,
  settingsChanged,
  typingSeen,
} from './topics.ts'
import { trackViewers } from './viewers.ts'

interface Seat extends AgentSeat {
  request: IncomingMessage
  /** Keys of its replies that are on their way into the timeline, with their conversations. */
  sending: Map<string, string>
}

/** An agent's open socket. */
export interface AgentSeat {
  connection: Connection
  agent: AgentPrincipal
}

/** What a higher module does on the agents' sockets. */
export interface AgentSocketPart {
  opened: (seat: AgentSeat) => void
  closed: (seat: AgentSeat) => void
  frame: (seat: AgentSeat, frame: Extract<AgentFrame, { type: 'watch-board' }>) => Promise<void>
}
type AgentFrame = z.output<typeof agentClientFrame>

interface AgentSockets {
  nodeId: string
  log: Log
  framesPerSecond: number
  resolveAgent: (request: IncomingMessage) => Promise<AgentPrincipal | null>
  part: AgentSocketPart
}

/** From what a page reads first to its socket; over a bad network it takes long. */
const pageLoadsWithinMs = 60_000

/** The agents' side of realtime. Every frame goes only to those who may see its conversation at this moment. */
export function agentSockets(deps: ConversationDeps, options: AgentSockets): SocketEndpoint {
  const seats = new Set<Seat>()
  const changedAt = new Map<Extract<AgentServerFrame, { type: 'changed' }>['what'], number>()
  const viewers = trackViewers(deps.bus, options.nodeId, (scope, agentIds) =>
    toWhoSees(scope, { type: 'viewers', conversationId: scope.id, agentIds }),
  )

  function toWhoSees(
    scope: Scope,
    frame: AgentServerFrame,
    alsoBefore?: Scope,
    instead?: (seat: Seat) => AgentServerFrame | undefined,
  ): void {
    let text: string | undefined
    for (const seat of seats) {
      if (!canSee(seat.agent, scope) && !(alsoBefore && canSee(seat.agent, alsoBefore))) continue
      seat.connection.send(instead?.(seat) ?? (text ??= JSON.stringify(frame)))
    }
  }
  /** Whoever sent it gets it once, as the answer. */
  function answerTo(seat: Seat, { id: conversationId }: Scope, entries: Entry[]): AgentServerFrame | undefined {
    const clientKey = ownKey(seat.sending, conversationId, entries)
    return clientKey === null ? undefined : { type: 'sent', clientKey, conversationId, entries }
  }
  const toAgent = (agentId: string, frame: AgentServerFrame): void => {
    for (const seat of seats) if (seat.agent.agentId === agentId) seat.connection.send(frame)
  }
  const toInboxes = (inboxIds: readonly string[], frame: AgentServerFrame): void => {
    for (const { agent, connection } of seats) {
      const visible = agent.inboxIds
      if (visible === 'all' || inboxIds.some((id) => visible.includes(id))) connection.send(frame)
    }
  }

  deps.bus.subscribe(entriesAppended, ({ scope, before, entries }) =>
    toWhoSees(scope, { type: 'entries', conversationId: scope.id, entries }, before, (seat) =>
      answerTo(seat, scope, entries),
    ),
  )
  deps.bus.subscribe(marksMoved, ({ scope, marks }) =>
    toWhoSees(scope, { type: 'marks', conversationId: scope.id, marks }),
  )
  deps.bus.subscribe(replyPolicyMoved, ({ scope }) =>
    toWhoSees(scope, { type: 'reply-policy', conversationId: scope.id }),
  )
  deps.bus.subscribe(scheduledMoved, ({ scope }) =>
    toWhoSees(scope, { type: 'scheduled-replies', conversationId: scope.id }),
  )
  deps.bus.subscribe(firstMailsMoved, ({ agentId }) =>
    toAgent(agentId, { type: 'scheduled-replies', conversationId: null }),
  )
  deps.bus.subscribe(agentRead, ({ agentId, conversationId, unreadCount }) =>
    toAgent(agentId, { type: 'read', conversationId, unreadCount }),
  )
  deps.bus.subscribe(contactChanged, ({ contact, inboxIds }) => toInboxes(inboxIds, { type: 'contact', contact }))
  deps.bus.subscribe(contactsMerged, ({ fromId, intoId, undone, inboxIds }) =>
    toInboxes(inboxIds, { type: 'contacts-merged', fromId, intoId, undone }),
  )
  deps.bus.subscribe(contactOnline, ({ contactId, inboxId, online }) =>
    toInboxes([inboxId], { type: 'online', contactId, online }),
  )
  deps.bus.subscribe(typingSeen, ({ scope, who, typing, draft }) =>
    toWhoSees(scope, { type: 'typing', conversationId: scope.id, who, typing, ...(draft ? { draft } : {}) }),
  )
  deps.bus.subscribe(attachmentChanged, ({ scope, agentId, attachment }) => {
    if (scope) toWhoSees(scope, { type: 'attachment', conversationId: scope.id, attachment })
    else if (agentId) toAgent(agentId, { type: 'attachment', conversationId: null, attachment })
  })
  deps.bus.subscribe(settingsChanged, ({ what }) => {
    changedAt.set(what, deps.clock.now().getTime())
    for (const seat of seats) seat.connection.send({ type: 'changed', what } satisfies AgentServerFrame)
  })
  deps.bus.subscribe(accessChanged, ({ agentIds }) => {
    for (const seat of seats) {
      if (agentIds !== 'all' && !agentIds.includes(seat.agent.agentId)) continue
      // Nothing more goes to it from here on.
      seats.delete(seat)
      void askAnew(seat)
    }
  })
  deps.bus.onGap(() => {
    // What was missed may be that access was taken away.
    for (const seat of seats) void staysAsItWas(seat)
  })

  return {
    path: '/ws/agent',
    framesPerSecond: options.framesPerSecond,
    admit: async (request) => {
      const agent = await options.resolveAgent(request)
      return agent && ((connection) => open({ connection, agent, request, sending: new Map() }))
    },
  }

  /** Signing out on one device, or changing a role, must not take the agent's other devices to the sign-in page. */
  async function askAnew({ connection, request }: Seat): Promise<void> {
    try {
      const agent = await options.resolveAgent(request)
      if (!agent) connection.send({ type: 'signed-out' } satisfies AgentServerFrame)
    } catch (error) {
      options.log.warn({ err: error }, 'a socket could not be asked who it belongs to')
    }
    // Those who are still signed in come back at once, with what they may see now.
    connection.close(closeCodes.accessChanged, 'access changed')
  }

  async function staysAsItWas(seat: Seat): Promise<void> {
    const agent = await options.resolveAgent(seat.request).catch(() => null)
    if (isDeepStrictEqual(agent, seat.agent)) {
      return seat.connection.send({ type: 'resync' } satisfies AgentServerFrame)
    }
    seats.delete(seat)
    await askAnew(seat)
  }

  function open(seat: Seat): SocketSession {
    seats.add(seat)
    options.part.opened(seat)
    const now = deps.clock.now()
    const serverTime = now.toISOString()
    seat.connection.send({ type: 'ready', agentId: seat.agent.agentId, serverTime } satisfies AgentServerFrame)
    // Its page may have read the settings before they changed, and was not here to be told.
    for (const [what, at] of changedAt)
      if (now.getTime() - at < pageLoadsWithinMs)
        seat.connection.send({ type: 'changed', what } satisfies AgentServerFrame)
    return {
      onClose: () => {
        seats.delete(seat)
        options.part.closed(seat)
        viewers.view(seat.connection.id, seat.agent.agentId, null)
      },
      onFrame: async (text) => {
        const frame = parseFrame(text)
        if (!frame) return seat.connection.close(closeCodes.malformed, 'not a frame of this protocol')
        await act(seat, frame)
      },
    }
  }

  async function act(seat: Seat, frame: NonNullable<ReturnType<typeof parseFrame>>): Promise<void> {
    const { agent, connection } = seat
    switch (frame.type) {
      case 'ping':
        return connection.send({ type: 'pong' } satisfies AgentServerFrame)
      case 'send':
        return send(seat, frame)
      case 'mark':
        return void (await markRead(deps, agent, {
          id: frame.conversationId,
          upToPublicSeq: frame.readSeq,
          unread: false,
        }))
      case 'view':
        return view(seat, frame)
      case 'watch-board':
        return options.part.frame(seat, frame)
      case 'typing': {
        const { conversation } = await readItem(deps.db, agent, frame.conversationId)
        const who = { type: 'agent', id: agent.agentId } as const
        return deps.bus.publish(typingSeen, { scope: scopeOf(conversation), who, typing: frame.typing })
      }
      default:
        return frame satisfies never
    }
  }

  async function view(
    { connection, agent }: Seat,
    { conversationId, silent }: Extract<AgentFrame, { type: 'view' }>,
  ): Promise<void> {
    const item = conversationId ? await readItem(deps.db, agent, conversationId) : null
    const unseen = silent && can(agent.role, 'routing.supervise')
    viewers.view(connection.id, agent.agentId, item && !unseen ? scopeOf(item.conversation) : null)
    if (!conversationId) return
    connection.send({
      type: 'viewers',
      conversationId,
      agentIds: viewers.agentIdsAt(conversationId),
    } satisfies AgentServerFrame)
  }

  async function send(
    { connection, agent, sending }: Seat,
    frame: Extract<ReturnType<typeof parseFrame>, { type: 'send' }>,
  ): Promise<void> {
    const { clientKey, conversationId: id, content, replyToId, viaIdentityId } = frame
    sending.set(clientKey, id)
    sendReply(deps, agent, { id, clientKey, content, replyToId, viaIdentityId }).then(
      ({ entries }) => {
        if (!sending.delete(clientKey)) return
        connection.send({ type: 'sent', clientKey, conversationId: id, entries } satisfies AgentServerFrame)
      },
      (error: unknown) => {
        sending.delete(clientKey)
        const known = toAppError(error)
        if (known !== error) options.log.error({ err: error }, 'a reply could not be stored')
        connection.send({ type: 'refused', clientKey, problem: toProblem(known) } satisfies AgentServerFrame)
      },
    )
  }
}

function parseFrame(text: string) {
  try {
    return agentClientFrame.parse(parseStorable(text))
  } catch {
    return null
  }
}
