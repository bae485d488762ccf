import * as api from '@qiao/protocol'
import type { FastifyRequest } from 'fastify'
import { placeOf, readPublicAgents } from '#access'
import { announceContact, findContact, recordTrail, updateByClaims } from '#contacts'
import { closeFor, decideSurveyAnswer, markByContact, readVisitorTimeline, visitorEnded } from '#conversations'
import { placeWanted } from '#routing'
import { originAllowed, readInbox, readInboxByKey, readWidgetConfig } from '#inboxes'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { VisitorPrincipal } from '#platform/principal'
import { agentIdsIn } from './agents-in.ts'
import { bindRoutes } from './bind-routes.ts'
import { leaveMessage } from './leave-message.ts'
import { leaveQueueAsVisitor } from './leave-queue.ts'
import { openSession, toVisitor } from './open-session.ts'
import { listForVisitor, readForVisitor } from './present-conversation.ts'
import { prepareMessage } from './send-message.ts'
import { takeSignIn } from './take-sign-in.ts'
import { writeTranscript } from './transcript.ts'
import { endVisitorSessions, resolveVisitorToken } from './visitor-sessions.ts'
import type { LeavingDeps, WebchatDeps } from './webchat-deps.ts'

/** `Authorization: Bearer qv_…`; null when the request carries none. */
export async function resolveVisitor(
  deps: Pick<WebchatDeps, 'db' | 'clock'>,
  request: FastifyRequest,
): Promise<VisitorPrincipal | null> {
  const token = /^Bearer (qv_\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  return token ? resolveVisitorToken(deps.db, token, deps.clock.now()) : null
}

/** A mail server that is away for longer than this has to be asked again. */
const transcriptMailMs = 3 * 86_400_000

const visitorEntries = (entries: readonly api.Entry[]): api.Entry[] =>
  entries.flatMap((entry) => api.toVisitorEntry(entry) ?? [])

export function webchatRoutes(deps: LeavingDeps): Route[] {
  const { db, clock, bus } = deps

  async function inboxFor(key: string, request: FastifyRequest): Promise<api.Inbox> {
    const inbox = await readInboxByKey(db, key)
    if (!inbox) throw new AppError('not-found')
    const origin = request.headers.origin
    if (origin && origin !== deps.url && !originAllowed(inbox.settings, origin))
      throw new AppError('domain-not-allowed')
    return inbox
  }
  async function contactOf(visitor: VisitorPrincipal): Promise<api.Contact> {
    const contact = await findContact(db, visitor.contactId)
    if (!contact) throw new AppError('visitor-token-invalid')
    return contact
  }
  async function transcript(
    visitor: VisitorPrincipal,
    id: string,
    query: { language?: string | undefined; timeZone?: string | undefined },
  ) {
    const { full } = await readForVisitor(db, visitor, id)
    const inbox = await readInbox(db, visitor.inboxId)
    const entries = await allEntries(deps, id)
    const agentIds = entries.flatMap((entry) => (entry.author.type === 'agent' ? [entry.author.id] : []))
    const text = writeTranscript(entries, {
      inboxName: inbox?.name ?? '',
      visitorName: (await contactOf(visitor)).name,
      agents: await readPublicAgents(db, [...new Set(agentIds)]),
      language: query.language ?? inbox?.settings.defaultLocale ?? 'en',
      timeZone: validZone(query.timeZone),
    })
    return { inbox, number: full.number, text }
  }

  return [
    route(api.readWidgetConfig, async ({ params }, { reply, request }) => {
      const inbox = await inboxFor(params.key, request)
      const config = await readWidgetConfig(db, inbox)
      // Short enough that a change of the look is seen soon, long enough that a page view costs nothing.
      void reply.header('cache-control', 'public, max-age=60, stale-while-revalidate=600')
      return config
    }),
    route(api.openVisitorSession, async ({ params, body }, { request }) => {
      deps.limits.sessions.take(placeOf(request.ip))
      return openSession(deps, await inboxFor(params.key, request), body)
    }),
    route(api.takeSignIn, async ({ params, body }, { request }) => {
      deps.limits.sessions.take(placeOf(request.ip))
      return takeSignIn(deps, await inboxFor(params.key, request), body, request)
    }),
    route(api.readVisitor, async (_input, { principal }) => {
      const shown = await listForVisitor(db, principal)
      const agentIds = shown.flatMap(({ full }) => [
        ...(full.assigneeId ? [full.assigneeId] : []),
        ...full.participantIds,
      ])
      const waiting = shown
        .filter(({ full: { queue } }) => queue && queue.channel !== api.leftMessage)
        .map(({ full }) => full.id)
      const told = deps.places.of(principal.contactId).filter(({ conversationId }) => waiting.includes(conversationId))
      if (told.length < waiting.length) bus.publish(placeWanted, { contactId: principal.contactId })
      return {
        visitor: toVisitor(await contactOf(principal)),
        conversations: shown.map(({ conversation }) => conversation),
        agents: await readPublicAgents(db, agentIds),
        places: told.flatMap(({ place }) => place ?? []),
      }
    }),
    route(api.updateVisitor, async ({ body }, { principal }) => {
      deps.limits.messages.take(`about:${principal.contactId}`)
      return toVisitor(await announceContact(deps, await updateByClaims(db, principal.contactId, body)))
    }),
    ...bindRoutes(deps),
    route(api.endVisitorSession, async (_input, { principal }) => {
      await endVisitorSessions(db, { sessionId: principal.sessionId }, 'logged-out', clock.now())
      bus.publish(visitorEnded, {
        contactId: principal.contactId,
        sessionId: principal.sessionId,
        reason: 'logged-out',
      })
    }),
    route(api.sendVisitorMessage, async ({ body }, { principal }) => {
      deps.limits.messages.take(principal.contactId)
      const send = await prepareMessage(deps, principal, body)
      const { conversation, entries } = await send()
      const shown = await readForVisitor(db, principal, conversation.id)
      return { conversation: shown.conversation, entries: visitorEntries(entries) }
    }),
    route(api.leaveMessage, async ({ body }, { principal }) => {
      deps.limits.messages.take(principal.contactId)
      const { conversation, entries } = await leaveMessage(deps, principal, body)
      const shown = await readForVisitor(db, principal, conversation.id)
      return { conversation: shown.conversation, entries: visitorEntries(entries) }
    }),
    route(api.readVisitorEntries, async ({ params, query }, { principal }) => {
      const shown = await readForVisitor(db, principal, params.id)
      const { entries, hasMore } = await readVisitorTimeline(db, params.id, query)
      const agentIds = entries.flatMap(agentIdsIn)
      return {
        conversation: shown.conversation,
        entries,
        hasMore,
        agents: await readPublicAgents(db, [...new Set(agentIds)]),
      }
    }),
    route(api.markVisitorRead, async ({ params, body }, { principal }) => {
      await readForVisitor(db, principal, params.id)
      await markByContact(deps, params.id, principal.contactId, body)
    }),
    route(api.closeVisitorConversation, async ({ params, body }, { principal }) => {
      deps.limits.messages.take(principal.contactId)
      const { full } = await readForVisitor(db, principal, params.id)
      const inbox = await readInbox(db, principal.inboxId)
      if (!inbox?.settings.visitorMayClose) throw new AppError('forbidden')
      const author = { type: 'contact', id: principal.contactId } as const
      const { entries } = await closeFor(deps, full, author, body.clientKey, 'visitor-left')
      return { entries: visitorEntries(entries) }
    }),
    route(api.leaveQueue, async ({ params, body }, { principal }) => {
      deps.limits.messages.take(principal.contactId)
      return { entries: visitorEntries(await leaveQueueAsVisitor(deps, principal, params.id, body)) }
    }),
    route(api.answerSurvey, async ({ params, body }, { principal }) => {
      deps.limits.messages.take(principal.contactId)
      await readForVisitor(db, principal, params.id)
      const { clientKey, ...answer } = body
      const { entries } = await deps.appender.append({
        conversationId: params.id,
        clientKey,
        author: { type: 'contact', id: principal.contactId },
        decide: (conversation) => decideSurveyAnswer(conversation, answer),
      })
      return { entries: visitorEntries(entries) }
    }),
    route(api.readTranscript, async ({ params, query }, { principal }) => {
      const { inbox, number, text } = await transcript(principal, params.id, query)
      if (!inbox?.settings.transcript.download) throw new AppError('forbidden')
      return { fileName: `chat-${number}.txt`, text }
    }),
    route(api.mailTranscript, async ({ params, body }, { principal }) => {
      deps.limits.messages.take(`transcript:${principal.contactId}`, 10)
      const { inbox, number, text } = await transcript(principal, params.id, body)
      if (!inbox?.settings.transcript.email) throw new AppError('forbidden')
      const mail = { to: body.email, subject: `${inbox.name} #${number}`, text }
      await deps.mails.add(db, mail, new Date(clock.now().getTime() + transcriptMailMs))
      return { queued: true as const }
    }),
    route(api.trackVisitor, async ({ body }, { principal }) => {
      deps.limits.messages.take(`about:${principal.contactId}`)
      await recordTrail(db, principal, body, clock.now())
    }),
  ]
}

async function allEntries(deps: WebchatDeps, conversationId: string): Promise<api.Entry[]> {
  const found: api.Entry[] = []
  for (let after = 0, hasMore = true; hasMore; after = found.at(-1)?.seq ?? 0) {
    const part = await readVisitorTimeline(deps.db, conversationId, { after, limit: 200 })
    found.push(...part.entries)
    hasMore = part.hasMore
  }
  return found
}

function validZone(timeZone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: timeZone ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}
