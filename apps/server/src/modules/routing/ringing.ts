import type { Entry, Offer, offerOutcomes } from '@qiao/protocol'

interface Ended {
  agentId: string
  offerId: string
  outcome: (typeof offerOutcomes)[number]
}

/**
 * The offers that ring, by conversation. One that is accepted, or that is no longer to be had, ends by entries of its
 * conversation: whoever it rings at, on whatever device, hears of it from there.
 */
export function rememberRinging() {
  const ringing = new Map<string, { agentId: string; offer: Offer }[]>()
  return {
    rings(agentId: string, offer: Offer): void {
      const others = (ringing.get(offer.conversationId) ?? []).filter((one) => one.offer.id !== offer.id)
      ringing.set(offer.conversationId, [...others, { agentId, offer }])
    },
    /** It ended by itself, or was declined. */
    rangOut(offerId: string): void {
      for (const [conversationId, offers] of ringing) {
        const left = offers.filter(({ offer }) => offer.id !== offerId)
        if (left.length === 0) ringing.delete(conversationId)
        else if (left.length < offers.length) ringing.set(conversationId, left)
      }
    },
    endedBy(conversationId: string, entries: readonly Entry[]): Ended[] {
      const offers = ringing.get(conversationId) ?? []
      const ended = offers.flatMap(({ agentId, offer }): Ended[] => {
        const end = entries.find((entry) => ends(entry, offer))
        if (!end) return []
        const theirs = end.kind === 'conversation.assigned' && end.body.agentId === agentId
        return [{ agentId, offerId: offer.id, outcome: theirs ? 'accepted' : 'withdrawn' }]
      })
      if (ended.length > 0) ringing.delete(conversationId)
      return ended
    },
  }
}

function ends(entry: Entry, { itemId }: Offer): boolean {
  switch (entry.kind) {
    case 'conversation.assigned':
      return entry.body.agentId !== null
    case 'conversation.queued':
      // The entry that began this stay may be heard of after the offer.
      return entry.body.itemId !== itemId
    case 'conversation.queue-left':
      return entry.body.itemId === itemId
    case 'conversation.closed':
    case 'conversation.snoozed':
      return true
    default:
      return false
  }
}
