import type { Entry, leaveQueue as endpoint, Queue } from '@qiao/protocol'
import type { z } from 'zod'
import { leaveQueue } from '#conversations'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import { readQueue } from '#routing'
import { readForVisitor } from './present-conversation.ts'
import type { WebchatDeps } from './webchat-deps.ts'

type Body = z.output<typeof endpoint.body>

/** Who waits may always go; what they may do instead is for the queue to say. */
export async function leaveQueueAsVisitor(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  id: string,
  body: Body,
): Promise<Entry[]> {
  const { full } = await readForVisitor(deps.db, visitor, id)
  const { instead: to, phone, clientKey } = body
  const queue = full.queue && to !== 'nothing' ? await readQueue(deps.db, full.queue.queueId) : null
  const refused = queue && to !== 'nothing' && !offersInstead(queue, to)
  const refusal = refused ? new AppError('forbidden', { detail: 'This queue does not offer that' }) : null
  const instead = to === 'callback' ? { to, phone: needed(phone) } : { to }
  const { entries } = await leaveQueue(deps, full, clientKey, instead, refusal)
  return entries
}

/** To those who wait long, or to those whom it cannot take. */
export const offersInstead = ({ settings }: Queue, to: 'message' | 'callback'): boolean =>
  settings.alternatives[to] || Object.values(settings.overflow).some((action) => action.to === to)

function needed(phone: string | undefined): string {
  if (phone) return phone
  throw new AppError('invalid-input', { issues: [{ path: 'body.phone', message: 'A number is needed' }] })
}
