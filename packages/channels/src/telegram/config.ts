import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { configField } from '../config-field.ts'

export const telegramConfig = z.object({
  token: z
    .string()
    .trim()
    .regex(/^\d{3,20}:[\w-]{30,}$/u, 'A token looks like 123456789:AAE…')
    .meta(
      configField({
        title: { zh: '机器人令牌', en: 'Bot token' },
        help: {
          zh: '在 Telegram 中向 @BotFather 发送 /newbot（新建）或 /token（已有）后得到',
          en: 'What @BotFather answers to /newbot, or to /token for a bot that exists',
        },
        secret: true,
      }),
    ),
  apiUrl: z
    .url({ protocol: /^https?$/u })
    .default('https://api.telegram.org')
    .meta(
      configField({
        title: { zh: 'Bot API 地址', en: 'Address of the Bot API' },
        help: { zh: '使用自建 Bot API 服务器时修改', en: 'Another one when you run your own Bot API server' },
        advanced: true,
      }),
    ),
})
export type TelegramConfig = z.infer<typeof telegramConfig>

/** What Telegram shows us with each update: made from the token, so that there is nothing more to keep or to forget. */
export const webhookSecret = ({ token }: Pick<TelegramConfig, 'token'>): string =>
  createHmac('sha256', token).update('webhook').digest('hex')
