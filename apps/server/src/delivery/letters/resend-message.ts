import { currentContent, type MessageEntry } from '@qiao/protocol'
import { actAsAgent, type NewEntry } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import type { ChannelDeps } from '../channel-deps.ts'

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

/** The delivery itself starts anew in the transaction of this entry (outbound/follow-deliveries.ts). */
export const resendMessage = (deps: ChannelDeps, agent: AgentPrincipal, command: Command) =>
  actAsAgent(deps, agent, command, (_conversation, _now, message): NewEntry[] => {
    if (!trouble(message)) return []
    if (message?.revision?.outgoing?.recipients)
      throw new AppError('conflict', { detail: 'All others have it already: write to those whom it did not reach' })
    if (message && currentContent(message) === null) throw new AppError('message-recalled')
    return [{ kind: 'message.resent', body: { targetId: command.targetId } }]
  })

export const dismissMessage = (deps: ChannelDeps, agent: AgentPrincipal, command: Command) =>
  actAsAgent(deps, agent, command, (_conversation, _now, message): NewEntry[] =>
    trouble(message) && !message?.revision?.outgoing?.dismissed
      ? [{ kind: 'message.dismissed', body: { targetId: command.targetId } }]
      : [],
  )
