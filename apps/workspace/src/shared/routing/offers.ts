import type { Offer, offerOutcomes } from '@qiao/protocol'
import { createStore } from '../store.ts'

/** What rings at this agent. One that has ended stays for a moment, to say what became of it. */
export interface Ringing {
  readonly offer: Offer
  readonly ended: EndWord | null
}
export type EndWord = (typeof offerOutcomes)[number]
export type Offers = readonly Ringing[]

export const ring = (offers: Offers, offer: Offer): Offers =>
  offers.some((each) => each.offer.id === offer.id) ? offers : [...offers, { offer, ended: null }]

/** The first word stays: an answer of ours is followed by the server's frame about the same end. */
export const end = (offers: Offers, offerId: string, ended: EndWord): Offers =>
  offers.some((each) => each.offer.id === offerId && each.ended === null)
    ? offers.map((each) => (each.offer.id === offerId ? { ...each, ended: each.ended ?? ended } : each))
    : offers

export const forget = (offers: Offers, offerId: string): Offers => offers.filter(({ offer }) => offer.id !== offerId)

/**
 * What a reading says is open, of those that were known before it: what it does not name has ended meanwhile, nobody
 * knows how. What began to ring while it was under way stays.
 */
export function match(offers: Offers, open: readonly Offer[], before: ReadonlySet<string>): Offers {
  const still = new Set(open.map(({ id }) => id))
  const kept = offers.filter(({ offer, ended }) => ended !== null || still.has(offer.id) || !before.has(offer.id))
  return open.reduce(ring, kept.length === offers.length ? offers : kept)
}

/** Time was up long enough for the server's word to have come, were there a connection. */
const graceMs = 3000
export const overdue = (offers: Offers, now: number): string[] =>
  offers.flatMap(({ offer, ended }) =>
    ended === null && now > Date.parse(offer.expiresAt) + graceMs ? [offer.id] : [],
  )

export const offersStore = createStore<Offers>([])
