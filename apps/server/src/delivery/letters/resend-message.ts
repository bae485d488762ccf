import { currentContent, type MessageEntry, missedRecipients } from '@qiao/protocol'
import { actAsAgent, type NewEntry, readMessage } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'
import { recipientsOf } from '../mails/letter-addresses.ts'
import { findUnreachable } from '../mails/unreachable.ts'

interface Command {
  id: string
  clientKey: string
  targetId: string
}

/** Only what had trouble: a second press, or one that comes after it has arrived, changes nothing. */
function trouble(message: MessageEntry | null): 'failed' | 'unknown' | null {
  if (message?.kind !== 'message.sent')
    throw new AppError('not-found', { detail: 'No such message in this conversation' })
  const { state } = message.revision?.outgoing ?? {}
  return state === 'failed' || state === 'unknown' ? state : null
}

/**
 * The delivery itself starts anew in the transaction of this entry (outbound/follow-deliveries.ts): of a letter that others
 * have, to those whom it did not reach, except for addresses that are dead.
 */
export async function resendMessage(deps: ChannelDeps, agent: AgentPrincipal, command: Command) {
  const dead = await deadAmong(deps, command)
  return actAsAgent(deps, agent, command, (_conversation, _now, message): NewEntry[] => {
    if (!trouble(message)) return []
    if (message && currentContent(message) === null) throw new AppError('message-recalled')
    const { recipients, again, state } = message?.revision?.outgoing ?? {}
    if (!message || !recipients) return [{ kind: 'message.resent', body: { targetId: command.targetId } }]
    // It is on its way to some of them.
    if (again && state === 'failed') return []
    const missed = missedRecipients(message)
    if (missed.length === 0)
      throw new AppError('conflict', { detail: 'It did not reach addresses to which it was passed on: write to them' })
    const living = missed.filter((address) => !dead.has(address))
    if (living.length === 0) throw new AppError('recipient-unreachable', { detail: missed.join(', ') })
    return [{ kind: 'message.resent', body: { targetId: command.targetId, recipients: living } }]
  })
}

/** Of those to whom the message was written. */
async function deadAmong({ db }: ChannelDeps, { id, targetId }: Command): Promise<ReadonlySet<string>> {
  const message = await readMessage(db, id, targetId)
  const content = message?.body.content
  const delivery = await db
    .selectFrom('deliveries')
    .select('inbox_id')
    .where('entry_id', '=', targetId)
    .executeTakeFirst()
  if (content?.type !== 'mail' || !delivery) return new Set()
  const dead = await findUnreachable(db, delivery.inbox_id, recipientsOf(content))
  return new Set(dead.map(({ address }) => address))
}

export const dismissMessage = (deps: ChannelDeps, agent: AgentPrincipal, command: Command) =>
  actAsAgent(deps, agent, command, (_conversation, _now, message): NewEntry[] =>
    trouble(message) && !message?.revision?.outgoing?.dismissed
      ? [{ kind: 'message.dismissed', body: { targetId: command.targetId } }]
      : [],
  )
