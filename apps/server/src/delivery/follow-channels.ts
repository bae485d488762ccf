import type { Channel } from '@qiao/channels'
import { followAll, type FollowAppends } from '#conversations'
import { followLeftMessages } from './left-messages/follow-left-messages.ts'
import { followEndings } from './outbound/end-sessions.ts'
import { followDeliveries } from './outbound/follow-deliveries.ts'
import { followStays } from './places/follow-stays.ts'

/**
 * Letters come from programs too, and in the name of people who never wrote. The acknowledgement knows all of these; beside it
 * nothing of queues is told by letter.
 */
export const channelsOfLetters = (channels: readonly Channel[]): ReadonlySet<string> =>
  new Set(channels.flatMap(({ about, capabilities }) => (capabilities.letters ? [about.id] : [])))

/** What the bridge derives from entries, in their transaction. */
export const followChannels = (silent: ReadonlySet<string>, channels: readonly Channel[]): FollowAppends =>
  followAll(followLeftMessages, followDeliveries(), followStays(silent), followEndings(thatEnd(channels)))

const thatEnd = (channels: readonly Channel[]): ReadonlySet<string> =>
  new Set(channels.flatMap((channel) => (channel.ended ? [channel.about.id] : [])))
