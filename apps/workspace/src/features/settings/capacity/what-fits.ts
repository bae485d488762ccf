import { type CapacityProfile, anyChannel } from '@qiao/protocol'

type Profile = Pick<CapacityProfile, 'units' | 'channels'>

const costOf = ({ channels }: Profile, channel: string) => channels[channel] ?? channels[anyChannel]

/** What is in hand, a channel for each. */
export const unitsUsed = (profile: Profile, held: readonly string[]): number =>
  held.reduce((units, channel) => units + (costOf(profile, channel)?.units ?? 0), 0)

export type Room =
  | { fits: number }
  | { fits: 0; why: 'never' }
  | { fits: 0; why: 'most'; most: number }
  | { fits: 0; why: 'units'; missing: number }

/** How many more of a channel an agent could take: as the router counts, what it may interrupt does not stand in its way. */
export function roomFor(profile: Profile, held: readonly string[], channel: string): Room {
  const cost = costOf(profile, channel)
  if (!cost || cost.most === 0) return { fits: 0, why: 'never' }
  const places = cost.most - held.filter((one) => one === channel).length
  if (places <= 0) return { fits: 0, why: 'most', most: cost.most }
  const against = held.filter((one) => !costOf(profile, one)?.interruptedBy.includes(channel))
  const left = profile.units - unitsUsed(profile, against)
  if (cost.units > left) return { fits: 0, why: 'units', missing: cost.units - left }
  // Where a channel may interrupt itself, only the count bounds it.
  if (cost.units === 0 || cost.interruptedBy.includes(channel)) return { fits: places }
  return { fits: Math.min(places, Math.floor(left / cost.units)) }
}
