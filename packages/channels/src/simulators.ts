import { startAliyunSimulator } from './aliyun/simulator.ts'
import { startInstagramSimulator } from './instagram/simulator.ts'
import { startMessengerSimulator } from './messenger/simulator.ts'
import { startOpenSimulator } from './open-channel/simulator.ts'
import type { Simulator, SimulatorOptions } from './simulator.ts'
import { startSmppSimulator } from './smpp/simulator.ts'
import { startTelegramSimulator } from './telegram/simulator.ts'
import { startTencentSimulator } from './tencent/simulator.ts'
import { startTwilioSimulator } from './twilio/simulator.ts'
import { startWeChatMiniSimulator } from './wechat-mini/simulator.ts'
import { startWeChatSimulator } from './wechat/simulator.ts'
import { startWeComSimulator } from './wecom/simulator.ts'
import { startWhatsAppSimulator } from './whatsapp/simulator.ts'

/** Starts the simulated provider of a channel, by the channel's id. For tests and the playground. */
export const simulators: Readonly<Record<string, (options?: SimulatorOptions) => Promise<Simulator>>> = {
  'open-channel': startOpenSimulator,
  telegram: startTelegramSimulator,
  whatsapp: startWhatsAppSimulator,
  messenger: startMessengerSimulator,
  instagram: startInstagramSimulator,
  wechat: startWeChatSimulator,
  wecom: startWeComSimulator,
  aliyun: startAliyunSimulator,
  tencent: startTencentSimulator,
  twilio: startTwilioSimulator,
  smpp: startSmppSimulator,
  'wechat-mini': startWeChatMiniSimulator,
}

export type { Fault, Phone, Said, Shown, ShownFile, ShownMenuEntry, Simulator, SimulatorOptions } from './simulator.ts'
export { signWebhook } from './standard-webhooks.ts'
/** With what only Telegram has: a token that is voided. */
export { startTelegramSimulator } from './telegram/simulator.ts'
