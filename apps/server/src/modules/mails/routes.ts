import * as api from '@qiao/protocol'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { readOrganisation, readPublicAgents } from '#access'
import { readInbox } from '#inboxes'
import type { Clock } from '#platform/clock'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { type Route, route } from '#platform/http/route'
import type { AgentPrincipal } from '#platform/principal'
import { findMailBody, type MailBodyRow } from './mail-body-row.ts'
import { presentBody } from './present-body.ts'
import { type Quote, type QuotedMessage, quoteMessage } from './quote-message.ts'
import type { RemoteImages } from './remote-images.ts'
import { signatureOf, writeMailBody } from './write-mail-body.ts'

/** What only higher modules know: who sees which conversation, and what is said there. */
export interface MailAccess {
  /** Throws unless the agent may write there. */
  conversation(agent: AgentPrincipal, id: string): Promise<{ inboxId: string; language: string | null }>
  /** Throws unless the agent may begin conversations there. */
  inbox(agent: AgentPrincipal, id: string): Promise<void>
  message(agent: AgentPrincipal, conversationId: string, entryId: string): Promise<QuotedMessage>
  /** Addresses at which files are shown, by their ids. */
  links(ids: readonly string[]): Promise<Map<string, string>>
  original(inboxId: string, name: string): Promise<Buffer | null>
}

export interface MailDeps {
  db: Database
  clock: Clock
  remote: RemoteImages
  access: MailAccess
}

export function mailRoutes({ db, clock, remote, access }: MailDeps): Route[] {
  async function present(row: MailBodyRow, images: 'blocked' | 'shown') {
    const links = await access.links(row.files.map(({ id }) => id))
    return presentBody(row, { images, links, remote, now: clock.now() })
  }
  async function mustRead(agent: AgentPrincipal, id: string): Promise<MailBodyRow> {
    const row = await findMailBody(db, id)
    if (!row) throw new AppError('not-found')
    // Before a message uses it nobody but its writer sees it.
    if (row.used_at === null && row.agent_id !== agent.agentId) throw new AppError('not-found')
    if (row.conversation_id !== null) await access.conversation(agent, row.conversation_id)
    else if (row.agent_id !== agent.agentId) throw new AppError('not-found')
    return row
  }
  async function quoted(
    message: QuotedMessage,
    as: 'reply' | 'forward',
    place: { inboxId: string; language: string | null },
  ): Promise<Quote> {
    const [{ timeZone }, inbox] = await Promise.all([readOrganisation(db), readInbox(db, place.inboxId)])
    const language = place.language ?? inbox?.settings.defaultLocale ?? 'zh-CN'
    return quoteMessage(message, { as, language, timeZone })
  }
  return [
    route(api.createMailBody, async ({ params, body }, { principal }) => {
      const place = await access.conversation(principal, params.id)
      const { html, signed, quotesEntryId, quotesAs } = body
      const quote =
        quotesEntryId === undefined
          ? null
          : await quoted(await access.message(principal, params.id, quotesEntryId), quotesAs, place)
      const written = { inboxId: place.inboxId, conversationId: params.id, agentId: principal.agentId }
      return present(await writeMailBody(db, { ...written, html, signed, quote }, clock.now()), 'blocked')
    }),
    route(api.createFirstMailBody, async ({ params, body }, { principal }) => {
      await access.inbox(principal, params.id)
      const written = { inboxId: params.id, conversationId: null, agentId: principal.agentId }
      return present(await writeMailBody(db, { ...written, ...body, quote: null }, clock.now()), 'blocked')
    }),
    route(api.readFirstMailStart, async ({ params }, { principal }) => {
      await access.inbox(principal, params.id)
      const [writer] = await readPublicAgents(db, [principal.agentId])
      return { signatureHtml: await signatureOf(db, params.id, principal.agentId), agentName: writer?.name ?? '' }
    }),
    route(api.readMailBody, async ({ params, query }, { principal }) =>
      present(await mustRead(principal, params.id), query.images),
    ),
    route(api.readMailOriginal, async ({ params }, { principal, reply }) => {
      const row = await mustRead(principal, params.id)
      const original = row.original === null ? null : await access.original(row.inbox_id, row.original)
      if (!original) throw new AppError('not-found')
      // Somebody's own HTML from our own address: it is saved, and whatever opens it anyway runs nothing.
      void reply
        .header('content-disposition', `attachment; filename="mail-${row.id}.eml"`)
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .type('message/rfc822')
        .send(original)
      return ''
    }),
  ]
}

const remoteQuery = z.object({
  u: z.string().max(4000),
  e: z.string().regex(/^\d{1,12}$/),
  s: z.string().max(100),
})

/** Outside `/api`, as files are: the link is the only permission. */
export function registerRemoteImages(
  app: FastifyInstance,
  { remote, clock }: Pick<MailDeps, 'remote' | 'clock'>,
): void {
  app.route({
    method: 'GET',
    url: '/media/remote',
    handler: async (request, reply) => {
      const query = remoteQuery.safeParse(request.query)
      if (!query.success) throw new AppError('not-found')
      const { u: url, e: expires, s: signature } = query.data
      const image = await remote.open({ url, expires: Number(expires), signature }, clock.now())
      return reply
        .header('cache-control', 'private, max-age=600')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-site')
        .header('x-content-type-options', 'nosniff')
        .type(image.mime)
        .send(image.bytes)
    },
  })
}
