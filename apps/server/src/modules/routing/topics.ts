import type { Offer, offerOutcomes, Queue, QueuePlace } from '@qiao/protocol'
import { topic } from '#platform/bus/bus'

/** Something that the router must look at has been committed. It reads what changed by itself. */
export const routingMoved = topic<Record<string, never>>('routing-moved')

/** What waiting customers are to be told, on whatever channel; a place of null: they wait no longer. */
export interface PlaceTold {
  conversationId: string
  contactId: string
  inboxId: string
  place: QueuePlace | null
  /** It rings at an agent. */
  connecting: boolean
  connectingText: string | null
}
/** How somebody waits at this moment, for whoever tells it in other ways than as it moves. */
export interface WaitNow {
  itemId: string
  conversationId: string
  channel: string
  queue: Queue
  place: QueuePlace
  connecting: boolean
  enteredAt: Date
  /** The longest that it will probably take from now on; null where nothing honest can be said. */
  foreseenSeconds: number | null
}
export const placesTold = topic<{ told: readonly PlaceTold[] }>('places-told')
/** A customer came (back) who may be waiting: whoever knows the places tells them again. */
export const placeWanted = topic<{ contactId: string }>('place-wanted')

/** The state, the presence or the work in hand of these agents may have changed: who shows them reads them again. */
export const agentsMoved = topic<{ agentIds: readonly string[] }>('agents-moved')
export const offerMade = topic<{ agentId: string; offer: Offer }>('offer-made')
export const offerEnded = topic<{ agentId: string; offerId: string; outcome: (typeof offerOutcomes)[number] }>(
  'offer-ended',
)
