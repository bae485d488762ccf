import {
  type Entry,
  type PublicAgent,
  toVisitorEntry,
  visitorClientFrame,
  type VisitorServerFrame,
} from '@qiao/protocol'
import { readPublicAgents } from '#access'
import { contactsMerged } from '#contacts'
import {
  attachmentChanged,
  entriesAppended,
  markByContact,
  marksMoved,
  ownKey,
  scopeOf,
  type Scope,
  settingsChanged,
  typingSeen,
  visitorEnded,
} from '#conversations'
import { readInbox } from '#inboxes'
import { AppError, toAppError, toProblem } from '#platform/errors'
import type { Log } from '#platform/log'
import type { VisitorPrincipal } from '#platform/principal'
import { closeCodes, type Connection } from '#platform/realtime/connection'
import type { SocketEndpoint, SocketSession } from '#platform/realtime/socket-server'
import { parseStorable } from '#platform/storable'
import { type PlaceTold, placesTold, placeWanted, type ServerNode } from '#routing'
import { agentIdsIn } from './agents-in.ts'
import { announcePresence } from './announce-presence.ts'
import { readForVisitor } from './present-conversation.ts'
import { prepareMessage } from './send-message.ts'
import { type Ended, findEndedSessions, resolveVisitorToken } from './visitor-sessions.ts'
import type { WebchatDeps } from './webchat-deps.ts'

interface Seat {
  connection: Connection
  visitor: VisitorPrincipal
  /** Agents whose names this client has been told. */
  knownAgents: Set<string>
  /** Keys of its messages that are on their way into the timeline, with their conversations. */
  sending: Map<string, string | null>
  /** When a sign-in no longer counts. */
  over?: NodeJS.Timeout
}

const helloWithinMs = 10_000

export function visitorSockets(
  deps: WebchatDeps & { node: ServerNode },
  log: Log,
  framesPerSecond: number,
): SocketEndpoint {
  const seats = new Map<string, Set<Seat>>()

  /** The seats that may learn of a conversation: this contact, through this inbox. */
  function* audience(scope: Pick<Scope, 'contactId' | 'inboxId'> & Partial<Scope>): Iterable<Seat> {
    for (const seat of seats.get(scope.contactId) ?? []) {
      const { inboxId, identityId, verified } = seat.visitor
      const own = verified || scope.identityId === undefined || scope.identityId === identityId
      if (inboxId === scope.inboxId && own) yield seat
    }
  }
  const send = (seat: Seat, frame: VisitorServerFrame): void => seat.connection.send(frame)
  const count = (who: Pick<Scope, 'contactId' | 'inboxId'>): number => [...audience(who)].length
  const announce = announcePresence(deps, log, {
    has: (who) => count(who) > 0,
    all: () => [...seats.values()].flatMap((set) => [...set].map(({ visitor }) => visitor)),
  })

  deps.bus.subscribe(entriesAppended, ({ scope, entries }) => {
    const shown = entries.flatMap((entry) => toVisitorEntry(entry) ?? [])
    if (shown.length === 0) return
    const rest = { conversationId: scope.id, entries: shown }
    let text: string | undefined
    for (const seat of audience(scope)) {
      // Whoever sent it gets it once, as the answer.
      const key = ownKey(seat.sending, scope.id, shown)
      if (key !== null) send(seat, { type: 'sent', clientKey: key, ...rest })
      else seat.connection.send((text ??= JSON.stringify({ type: 'entries', ...rest } satisfies VisitorServerFrame)))
      void introduce(seat, scope.id, shown)
    }
  })
  deps.bus.subscribe(marksMoved, ({ scope, marks }) => {
    for (const seat of audience(scope)) send(seat, { type: 'marks', conversationId: scope.id, marks })
  })
  deps.bus.subscribe(typingSeen, ({ scope, who, typing }) => {
    if (who.type !== 'agent') return
    for (const seat of audience(scope)) void showTyping(seat, scope.id, who.id, typing)
  })
  deps.bus.subscribe(attachmentChanged, ({ scope, contactId, internal, attachment }) => {
    if (internal) return
    const seen = scope ? [...audience(scope)] : contactId ? [...(seats.get(contactId) ?? [])] : []
    for (const seat of seen) send(seat, { type: 'attachment', conversationId: scope?.id ?? null, attachment })
  })
  deps.bus.subscribe(placesTold, ({ told }) => {
    for (const one of told) for (const seat of audience(one)) send(seat, queueFrame(one))
  })
  deps.bus.subscribe(visitorEnded, ({ contactId, sessionId, reason }) => {
    for (const seat of seats.get(contactId) ?? []) {
      if (sessionId && seat.visitor.sessionId !== sessionId) continue
      showOut(seat, reason)
    }
  })
  deps.bus.subscribe(contactsMerged, ({ identityIds }) => {
    const moved = [...seats.values()].flatMap((set) => [...set])
    // They come back as whom they are now, and catch up.
    for (const { connection, visitor } of moved)
      if (identityIds.includes(visitor.identityId)) connection.close(closeCodes.accessChanged, 'merged')
  })
  deps.bus.subscribe(settingsChanged, ({ what }) => {
    if (what === 'inboxes') void endStrangers()
  })
  deps.bus.onGap(() => void resyncAll([...seats.values()].flatMap((set) => [...set])))

  /** What was missed may be that a session ended or a visitor was blocked. */
  async function resyncAll(all: readonly Seat[]): Promise<void> {
    try {
      const ended = await findEndedSessions(
        deps.db,
        all.map(({ visitor }) => visitor.sessionId),
        deps.clock.now(),
      )
      for (const seat of all) {
        const reason = ended.get(seat.visitor.sessionId)
        if (reason) showOut(seat, reason)
        else send(seat, { type: 'resync' })
      }
    } catch (error) {
      log.warn({ err: error }, 'visitors could not be asked anew')
      // They come back, and are asked then.
      for (const { connection } of all) connection.close(closeCodes.restarting, 'not now')
    }
  }
  /** An inbox that is for staff from now on is closed to those who never signed in. */
  async function endStrangers(): Promise<void> {
    for (const seat of [...seats.values()].flatMap((set) => [...set])) {
      if (seat.visitor.until) continue
      const inbox = await readInbox(deps.db, seat.visitor.inboxId).catch(() => null)
      if (inbox?.settings.audience === 'staff') showOut(seat, 'expired')
    }
  }
  function showOut(seat: Seat, reason: Ended): void {
    send(seat, { type: 'ended', reason })
    seat.connection.close(closeCodes.ended, reason)
  }

  /** Names and faces of agents whom this client has not met, and a conversation that began elsewhere. */
  async function introduce(seat: Seat, conversationId: string, entries: readonly Entry[]): Promise<void> {
    try {
      const ids = entries.flatMap((entry) => agentIdsIn(entry)).filter((id) => !seat.knownAgents.has(id))
      if (ids.length > 0) send(seat, { type: 'agents', agents: await meet(seat, ids) })
      if (entries.some((entry) => entry.kind === 'conversation.started')) {
        const { conversation } = await readForVisitor(deps.db, seat.visitor, conversationId)
        send(seat, { type: 'conversation', conversation })
      }
    } catch (error) {
      log.warn({ err: error }, 'a visitor could not be told who answers')
    }
  }
  async function meet(seat: Seat, ids: readonly string[]): Promise<PublicAgent[]> {
    for (const id of ids) seat.knownAgents.add(id)
    return readPublicAgents(deps.db, ids)
  }
  async function showTyping(seat: Seat, conversationId: string, agentId: string, typing: boolean): Promise<void> {
    try {
      const [agent] = await readPublicAgents(deps.db, [agentId])
      send(seat, { type: 'typing', conversationId, agent: agent ?? null, typing })
    } catch (error) {
      log.debug({ err: error }, 'a visitor was not told who types')
    }
  }

  function sit(connection: Connection, visitor: VisitorPrincipal): Seat {
    const seat: Seat = { connection, visitor, knownAgents: new Set(), sending: new Map() }
    // Days at most (see the protocol), so it fits a timer.
    const left = visitor.until && visitor.until.getTime() - deps.clock.now().getTime()
    if (left !== null) seat.over = setTimeout(() => showOut(seat, 'expired'), left)
    const set = seats.get(visitor.contactId) ?? new Set()
    seats.set(visitor.contactId, set.add(seat))
    if (count(visitor) === 1) announce(visitor)
    const { contactId, inboxId } = visitor
    for (const one of deps.places.of(contactId)) if (one.inboxId === inboxId) send(seat, queueFrame(one))
    deps.bus.publish(placeWanted, { contactId })
    return seat
  }
  function leave(seat: Seat): void {
    clearTimeout(seat.over)
    const set = seats.get(seat.visitor.contactId)
    set?.delete(seat)
    if (set?.size === 0) seats.delete(seat.visitor.contactId)
    if (count(seat.visitor) === 0) announce(seat.visitor)
  }

  return {
    path: '/ws/visitor',
    framesPerSecond,
    // Anybody may connect; without a valid `hello` there is nothing to hear.
    admit: async () => (connection) => open(connection),
  }

  function open(connection: Connection): SocketSession {
    let seat: Seat | null = null
    const timer = setTimeout(() => connection.close(closeCodes.refused, 'no hello'), helloWithinMs)
    return {
      onClose: () => {
        clearTimeout(timer)
        if (seat) leave(seat)
      },
      onFrame: async (text) => {
        const frame = parseFrame(text)
        if (!frame) return connection.close(closeCodes.malformed, 'not a frame of this protocol')
        if (frame.type === 'hello') {
          if (seat) return
          clearTimeout(timer)
          const visitor = await greet(connection, frame.token)
          if (visitor && connection.open) seat = sit(connection, visitor)
          return
        }
        if (!seat) return connection.close(closeCodes.refused, 'hello comes first')
        await act(seat, frame)
      },
    }
  }

  async function greet(connection: Connection, token: string): Promise<VisitorPrincipal | null> {
    try {
      const visitor = await resolveVisitorToken(deps.db, token, deps.clock.now())
      const serverTime = deps.clock.now().toISOString()
      connection.send({ type: 'ready', contactId: visitor.contactId, serverTime } satisfies VisitorServerFrame)
      return visitor
    } catch (error) {
      if (!(error instanceof AppError)) {
        // Without an answer the client would wait for it: it comes back instead, perhaps to a database that is back too.
        connection.close(closeCodes.restarting, 'not now')
        throw error
      }
      const reason = error.code === 'contact-blocked' ? 'blocked' : 'expired'
      connection.send({ type: 'ended', reason } satisfies VisitorServerFrame)
      connection.close(closeCodes.refused, reason)
      return null
    }
  }

  async function act(
    seat: Seat,
    frame: Exclude<ReturnType<typeof parseFrame>, null | { type: 'hello' }>,
  ): Promise<void> {
    switch (frame.type) {
      case 'ping':
        return send(seat, { type: 'pong' })
      case 'send':
        return sendMessage(seat, frame)
      case 'mark':
        return markByContact(deps, frame.conversationId, seat.visitor.contactId, frame)
      case 'typing':
        return showDraft(seat, frame)
      default:
        return frame satisfies never
    }
  }

  async function sendMessage(
    seat: Seat,
    frame: Extract<ReturnType<typeof parseFrame>, { type: 'send' }>,
  ): Promise<void> {
    const refuse = (error: unknown): void => {
      seat.sending.delete(frame.clientKey)
      const known = toAppError(error)
      if (known !== error) log.error({ err: error }, 'a message could not be stored')
      send(seat, { type: 'refused', clientKey: frame.clientKey, problem: toProblem(known) })
    }
    try {
      const commit = await prepareMessage(deps, seat.visitor, frame)
      // Not awaited: the next frame may follow into the same batch. The order is that of these calls.
      seat.sending.set(frame.clientKey, frame.conversationId)
      commit().then(({ conversation, entries }) => {
        if (!seat.sending.delete(frame.clientKey)) return
        const shown = entries.flatMap((entry) => toVisitorEntry(entry) ?? [])
        send(seat, { type: 'sent', clientKey: frame.clientKey, conversationId: conversation.id, entries: shown })
      }, refuse)
    } catch (error) {
      refuse(error)
    }
  }

  async function showDraft(
    seat: Seat,
    frame: { conversationId: string; typing: boolean; draft?: string | undefined },
  ): Promise<void> {
    const { full } = await readForVisitor(deps.db, seat.visitor, frame.conversationId)
    const inbox = await readInbox(deps.db, seat.visitor.inboxId)
    deps.bus.publish(typingSeen, {
      scope: scopeOf(full),
      who: { type: 'contact', id: seat.visitor.contactId },
      typing: frame.typing,
      ...(inbox?.settings.typingPreview && frame.draft ? { draft: frame.draft } : {}),
    })
  }
}

const queueFrame = ({ conversationId, place, connecting, connectingText }: PlaceTold): VisitorServerFrame => ({
  type: 'queue',
  conversationId,
  place,
  connecting,
  connectingText,
})

function parseFrame(text: string) {
  try {
    return visitorClientFrame.parse(parseStorable(text))
  } catch {
    return null
  }
}
