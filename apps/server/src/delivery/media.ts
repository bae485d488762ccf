import { sql } from 'kysely'
import { z } from 'zod'
import type {
  AttachmentAccess,
  AttachmentPolicy,
  AttachmentService,
  ChangedAttachment,
  EnqueueProcessing,
} from '#attachments'
import { attachmentChanged, type ConversationDeps, readItem, readScope, visibleTo } from '#conversations'
import { readInbox } from '#inboxes'
import type { Database } from '#platform/database/connect'
import { AppError } from '#platform/errors'
import { addJobs, defineJob, type Job } from '#platform/jobs/jobs'
import type { Log } from '#platform/log'
import type { Principal } from '#platform/principal'
import { createRateLimiter } from '#platform/rate-limiter'
import { seenBy as seenByVisitor } from './webchat/present-conversation.ts'

/** Files of messages: who may send and see them follows from the conversation that they belong to. */
export function mediaAccess(db: Database): AttachmentAccess {
  // An album from a phone passes; a disk is not filled in an afternoon.
  const uploads = createRateLimiter({ perMinute: 30, burst: 60 })
  async function policyOf(inboxId: string): Promise<{ inboxId: string; policy: AttachmentPolicy }> {
    const inbox = await readInbox(db, inboxId)
    if (!inbox) throw new AppError('not-found')
    const { kinds, maxBytes } = inbox.settings.attachments
    // A voice note is allowed by its own switch.
    const allowed = inbox.settings.voiceNotes && !kinds.includes('audio') ? [...kinds, 'audio' as const] : kinds
    return { inboxId, policy: { kinds: allowed, maxBytes } }
  }
  return {
    forAgent: async (agent, conversationId) => {
      const { conversation } = await readItem(db, agent, conversationId)
      return policyOf(conversation.inboxId)
    },
    forInbox: async (agent, inboxId) => {
      if (agent.inboxIds !== 'all' && !agent.inboxIds.includes(inboxId)) throw new AppError('not-found')
      return policyOf(inboxId)
    },
    forVisitor: async (visitor) => {
      uploads.take(visitor.contactId)
      return policyOf(visitor.inboxId)
    },
    visible: async (principal, ids) => {
      if (ids.length === 0) return new Set()
      const { rows } = await sql<{ id: string }>`
        select id from conversations as conversation
        where id = any(${[...ids]}::uuid[]) and ${seenBy(principal)}`.execute(db)
      return new Set(rows.map((row) => row.id))
    },
  }
}

const seenBy = (principal: Principal) => (principal.type === 'agent' ? visibleTo(principal) : seenByVisitor(principal))

const processAttachment = 'process-attachment'

/** Conversions of videos take long and a whole core: they wait for each other, and other jobs pass them by. */
export const enqueueProcessing: EnqueueProcessing = (tx, id, kind) => {
  const queue = kind === 'video' ? 'convert-video' : undefined
  return addJobs(tx, [
    { name: processAttachment, payload: { id }, key: `${processAttachment}:${id}`, queue, maxAttempts: 5 },
  ])
}

export const mediaJobs = (attachments: AttachmentService): Job[] => [
  defineJob({
    name: processAttachment,
    payload: z.object({ id: z.uuid() }),
    run: ({ id }, { signal }) => attachments.process(id, signal),
  }),
  defineJob({
    name: 'sweep-attachments',
    payload: z.object({}).loose(),
    every: '17 * * * *',
    run: async () => void (await attachments.sweep()),
  }),
]

/** Tells whoever sees the conversation how far the conversion is. */
export function announceAttachment(deps: ConversationDeps, log: Log) {
  return ({ conversationId, ...changed }: ChangedAttachment): void => {
    const scope = conversationId ? readScope(deps.db, conversationId) : Promise.resolve(null)
    scope.then(
      (found) => deps.bus.publish(attachmentChanged, { scope: found, ...changed }),
      (error: unknown) => log.warn({ err: error }, 'a change of an attachment was not announced'),
    )
  }
}
