import { followAll, type FollowAppends } from '#conversations'
import { followLeftMessages } from './left-messages/follow-left-messages.ts'
import { followDeliveries } from './outbound/follow-deliveries.ts'
import { followStays } from './places/follow-stays.ts'

/** What the bridge derives from entries, in their transaction. */
export const followChannels = (): FollowAppends => followAll(followLeftMessages, followDeliveries(), followStays())
