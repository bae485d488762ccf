import { linkAttachments, linkVisitorAttachments, uploadAttachment, uploadVisitorAttachment } from '@qiao/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AppError } from '#platform/errors'
import { route, streamingRoute, type Route } from '#platform/http/route'
import type { AgentPrincipal, Principal, VisitorPrincipal } from '#platform/principal'
import type { AttachmentRow } from './attachment.ts'
import type { AttachmentPolicy } from './attachment-policy.ts'
import type { AttachmentService } from './attachment-service.ts'
import { mediaVariants } from './media-link.ts'

/** What only higher modules know: who may write where, and who sees which conversation. */
export interface AttachmentAccess {
  /** Throws unless the agent may write in the conversation. */
  forAgent(agent: AgentPrincipal, conversationId: string): Promise<{ inboxId: string; policy: AttachmentPolicy }>
  /** Throws unless the agent may begin conversations there. */
  forInbox(agent: AgentPrincipal, inboxId: string): Promise<{ inboxId: string; policy: AttachmentPolicy }>
  forVisitor(visitor: VisitorPrincipal): Promise<{ inboxId: string; policy: AttachmentPolicy }>
  /** Those of the given conversations that the caller sees. */
  visible(principal: Principal, conversationIds: readonly string[]): Promise<ReadonlySet<string>>
}

export function attachmentRoutes(attachments: AttachmentService, access: AttachmentAccess): Route[] {
  const links = async (principal: Principal, ids: readonly string[]) => {
    const rows = await attachments.find(ids)
    const seen = await access.visible(principal, [...new Set(rows.flatMap((row) => row.conversationId ?? []))])
    const shown = rows.filter((row) => maySee(principal, row, seen))
    return { attachments: shown.map((row) => attachments.present(row)) }
  }
  return [
    streamingRoute(uploadAttachment, async ({ params, query }, { principal, request }) => {
      const { inboxId, policy } = await placeOf(access, principal, query)
      const uploader = { agentId: principal.agentId }
      return attachments.receive({ id: params.id, inboxId, policy, uploader, ...described(query, request) })
    }),
    streamingRoute(uploadVisitorAttachment, async ({ params, query }, { principal, request }) => {
      const { inboxId, policy } = await access.forVisitor(principal)
      const uploader = { contactId: principal.contactId }
      return attachments.receive({ id: params.id, inboxId, policy, uploader, ...described(query, request) })
    }),
    route(linkAttachments, ({ body }, { principal }) => links(principal, body.ids)),
    route(linkVisitorAttachments, ({ body }, { principal }) => links(principal, body.ids)),
  ]
}

function placeOf(
  access: AttachmentAccess,
  agent: AgentPrincipal,
  { conversationId, inboxId }: { conversationId?: string | undefined; inboxId?: string | undefined },
) {
  if (conversationId !== undefined) return access.forAgent(agent, conversationId)
  if (inboxId !== undefined) return access.forInbox(agent, inboxId)
  throw new AppError('invalid-input', { detail: 'Name the conversation, or the inbox in which one begins' })
}

/** What belongs to a conversation is seen with it; before that, by the uploader alone. */
function maySee(principal: Principal, row: AttachmentRow, seen: ReadonlySet<string>): boolean {
  if (row.state === 'uploading' || (row.internal && principal.type === 'visitor')) return false
  if (row.conversationId !== null) return seen.has(row.conversationId)
  return principal.type === 'agent'
    ? 'agentId' in row.uploader && row.uploader.agentId === principal.agentId
    : 'contactId' in row.uploader && row.uploader.contactId === principal.contactId
}

function described(query: { name: string; type?: string | undefined }, request: FastifyRequest) {
  const length = request.headers['content-length']
  return {
    name: query.name,
    declaredMime: query.type ?? request.headers['content-type'] ?? null,
    declaredBytes: length === undefined ? null : Number(length),
    stream: request.raw,
  }
}

const mediaParams = z.object({ id: z.uuid(), variant: z.enum(mediaVariants) })
const mediaQuery = z.object({ e: z.string().regex(/^\d{1,12}$/), s: z.string().max(100) })

/** Outside `/api`: browsers fetch it as pictures and sounds, with the link as the only permission. */
export function registerMedia(app: FastifyInstance, attachments: AttachmentService): void {
  // Ranges are of the stored bytes, so they go out as they are.
  const asStored: object = { compress: false }
  app.route({
    ...asStored,
    method: ['GET', 'HEAD'],
    url: '/media/:id/:variant',
    handler: async (request, reply) => {
      const params = mediaParams.safeParse(request.params)
      const query = mediaQuery.safeParse(request.query)
      if (!params.success || !query.success) throw new AppError('not-found')
      const opened = await attachments.open(
        { ...params.data, expires: Number(query.data.e), signature: query.data.s },
        {
          range: request.headers.range,
          ifRange: request.headers['if-range']?.toString(),
          ifNoneMatch: request.headers['if-none-match'],
          head: request.method === 'HEAD',
        },
      )
      void reply.status(opened.status).headers(opened.headers)
      return reply.send(opened.body ?? '')
    },
  })
}
