import type { Channel } from '@qiao/channels'
import type { AttachmentService } from '#attachments'
import type { MergingDeps } from '#merging'
import type { Sealer } from '#platform/crypto'
import type { Locks } from '#platform/database/locks'
import type { BlobStorage } from '#platform/storage/blob-storage'
import type { SafeFetch } from '#platform/safe-fetch'
import type { SendingSlots } from './outbound/sending-slots.ts'

/** What the bridge between channels and conversations works with; made once in main.ts. */
export interface ChannelDeps extends MergingDeps {
  sealer: Sealer
  fetch: SafeFetch
  locks: Locks
  attachments: AttachmentService
  storage: BlobStorage
  slots: SendingSlots
  /** Public address of this deployment, without a trailing slash. */
  url: string
  channels: readonly Channel[]
}

export const channelOf = ({ channels }: Pick<ChannelDeps, 'channels'>, id: string): Channel | undefined =>
  channels.find(({ about }) => about.id === id)
