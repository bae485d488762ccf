import { startInstagramSimulator } from './instagram/simulator.ts'
import { startMessengerSimulator } from './messenger/simulator.ts'
import { startOpenSimulator } from './open-channel/simulator.ts'
import type { Simulator } from './simulator.ts'
import { startTelegramSimulator } from './telegram/simulator.ts'
import { startWeChatSimulator } from './wechat/simulator.ts'
import { startWeComSimulator } from './wecom/simulator.ts'
import { startWhatsAppSimulator } from './whatsapp/simulator.ts'

/** Starts the simulated provider of a channel, by the channel's id. For tests and the playground. */
export const simulators: Readonly<Record<string, () => Promise<Simulator>>> = {
  'open-channel': startOpenSimulator,
  telegram: startTelegramSimulator,
  whatsapp: startWhatsAppSimulator,
  messenger: startMessengerSimulator,
  instagram: startInstagramSimulator,
  wechat: startWeChatSimulator,
  wecom: startWeComSimulator,
}

export type { Phone, Said, Shown, Simulator } from './simulator.ts'
/** With what only Telegram has: a token that is voided. */
export { startTelegramSimulator } from './telegram/simulator.ts'
