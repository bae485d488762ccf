import type { Channel } from './contract.ts'
import { aliyun } from './aliyun/index.ts'
import { email } from './email/index.ts'
import { instagram } from './instagram/index.ts'
import { messenger } from './messenger/index.ts'
import { openChannel } from './open-channel/index.ts'
import { smpp } from './smpp/index.ts'
import { telegramChannel } from './telegram/index.ts'
import { tencent } from './tencent/index.ts'
import { twilio } from './twilio/index.ts'
import { wechatMini } from './wechat-mini/index.ts'
import { wechat } from './wechat/index.ts'
import { wecom } from './wecom/index.ts'
import { whatsapp } from './whatsapp/index.ts'

/** Every channel that the product has. A new one is a folder and a line here. */
export const channels: readonly Channel[] = [
  openChannel,
  email,
  telegramChannel,
  whatsapp,
  messenger,
  instagram,
  wechat,
  wechatMini,
  wecom,
  aliyun,
  tencent,
  twilio,
  smpp,
]

export const findChannel = (id: string): Channel | undefined => channels.find(({ about }) => about.id === id)
