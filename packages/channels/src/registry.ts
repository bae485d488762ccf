import type { Channel } from './contract.ts'
import { openChannel } from './open-channel/index.ts'
import { telegramChannel } from './telegram/index.ts'

/** Every channel that the product has. A new one is a folder and a line here. */
export const channels: readonly Channel[] = [openChannel, telegramChannel]

export const findChannel = (id: string): Channel | undefined => channels.find(({ about }) => about.id === id)
