import { callback, type Entry, leftMessage } from '@qiao/protocol'
import type { Appended, FollowAppends } from '#conversations'
import { addJobs, type JobRequest } from '#platform/jobs/jobs'
import { createInboxChannels, ownChannel } from '../outbound/inbox-channels.ts'

export const tellStayJob = 'tell-stay'

/** What became of a stay, for the customer to hear of. `kept`: what they wrote waits, because nobody can take it now. */
export const stayEvents = ['taken', 'kept', 'turned-away', 'left', 'message', 'callback'] as const
export interface StayEvent {
  conversationId: string
  itemId: string
  event: (typeof stayEvents)[number]
  agentId?: string
}

/**
 * What customers on channels are told of their stay once it has moved is a job in the transaction that moves it. Places
 * are told by the router's leave (tell-waits.ts). In silent channels nothing is told.
 */
export function followStays(silent: ReadonlySet<string> = new Set()): FollowAppends {
  const channels = createInboxChannels()
  return async (client, appended) => {
    for (const one of appended) {
      const events = one.entries.flatMap((entry) => eventOf(one, entry) ?? [])
      if (events.length === 0) continue
      const channel = await channels.of(client, one.conversation.inboxId)
      if (channel === ownChannel || silent.has(channel)) continue
      await addJobs(client, events.map(jobFor))
    }
    return []
  }
}

const jobFor = (event: StayEvent): JobRequest => ({ name: tellStayJob, payload: event })

/** Nobody was there for what came in by these ways. */
const comesIn = new Set(['started', 'reopened', 'woken', 'came-back', 'overflowed'])

function eventOf({ before, conversation, entries }: Appended, entry: Entry): StayEvent | null {
  const conversationId = conversation.id
  const byCustomer = entry.author.type === 'contact'
  switch (entry.kind) {
    case 'conversation.assigned': {
      const { agentId } = entry.body
      const { queue } = before
      // Their answer says that they are there.
      const answers = entries.some(({ kind, author }) => kind === 'message.sent' && author.type === 'agent')
      if (!agentId || !queue || answers || queue.channel === leftMessage || queue.channel === callback) return null
      return { conversationId, itemId: queue.itemId, event: 'taken', agentId }
    }
    case 'conversation.queued': {
      const { itemId, channel, cause } = entry.body
      if (byCustomer)
        return cause === 'message' || cause === 'callback' ? { conversationId, itemId, event: cause } : null
      const shutOut = entries.some(
        ({ kind, body }) =>
          kind === 'conversation.queue-left' && (body.outcome === 'closed' || body.outcome === 'overflowed'),
      )
      const kept = channel === leftMessage && (comesIn.has(cause) || (cause === 'message' && shutOut))
      // Not even words are kept of whom the queue turns away.
      const turnedAway = entries.some(({ kind, body }) => kind === 'conversation.queue-left' && body.itemId === itemId)
      return kept && !turnedAway ? { conversationId, itemId, event: 'kept' } : null
    }
    case 'conversation.queue-left': {
      const { itemId, outcome } = entry.body
      if (byCustomer) return outcome === 'left' ? { conversationId, itemId, event: 'left' } : null
      const goesOn = entries.some(({ kind, seq }) => kind === 'conversation.queued' && seq > entry.seq)
      // Where the queue has words of its own for this, they have been said.
      const said = entries.some(({ kind }) => kind === 'message.sent')
      return outcome === 'closed' && !goesOn && !said ? { conversationId, itemId, event: 'turned-away' } : null
    }
    default:
      return null
  }
}
