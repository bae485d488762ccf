import { z } from 'zod'
import { configField } from '../config-field.ts'

const apiAddress = z.url({ protocol: /^https?$/u })

export const config = z.object({
  accountSid: z
    .string()
    .trim()
    .regex(/^AC[0-9a-fA-F]{32}$/u, 'AC and 32 digits')
    .meta(
      configField({
        title: { zh: '账户 SID', en: 'Account SID' },
        help: {
          zh: 'Twilio Console 首页 → Account Info，以 AC 开头',
          en: 'Twilio Console, Account Info; begins with AC',
        },
      }),
    ),
  authToken: z
    .string()
    .trim()
    .min(16)
    .max(200)
    .meta(
      configField({
        title: { zh: '主令牌（Auth Token）', en: 'Auth Token' },
        help: {
          zh: '同一处；Twilio 用它为每次回调签名，因此即使使用 API 密钥也需要填写',
          en: 'Next to it. Twilio signs its calls with it, so it is needed even with an API key',
        },
        secret: true,
      }),
    ),
  sender: z
    .string()
    .trim()
    .regex(
      /^(?:\+[1-9]\d{5,14}|\d{3,6}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 &_+-]{1,11})$/u,
      '+15551234567, a short code, MG… or a name',
    )
    .meta(
      configField({
        title: { zh: '发送方', en: 'Sender' },
        help: {
          zh: '号码（+15551234567）、短码、消息服务 SID（MG 开头），或只能发送的字母名称（最多 11 个字符）',
          en: 'A number (+15551234567), a short code, a messaging service (MG…), or a name of up to 11 letters that cannot receive',
        },
      }),
    ),
  mms: z
    .boolean()
    .default(true)
    .meta(
      configField({
        title: { zh: '以彩信发送图片和文件', en: 'Send files as MMS' },
        help: {
          zh: '仅美国、加拿大和澳大利亚号码支持；关闭后改发链接',
          en: 'Numbers of the US, Canada and Australia only; switched off, files go as links',
        },
      }),
    ),
  apiKeySid: z
    .string()
    .trim()
    .regex(/^SK[0-9a-fA-F]{32}$/u, 'SK and 32 digits')
    .optional()
    .meta(
      configField({
        title: { zh: 'API 密钥 SID', en: 'API key SID' },
        help: {
          zh: '可选：以 API 密钥代替主令牌调用 Twilio',
          en: 'Optional: call Twilio with a key instead of the Auth Token',
        },
        advanced: true,
      }),
    ),
  apiKeySecret: z
    .string()
    .trim()
    .min(16)
    .max(200)
    .optional()
    .meta(configField({ title: { zh: 'API 密钥的密码', en: 'API key secret' }, secret: true, advanced: true })),
  sharedKeySecret: z
    .string()
    .trim()
    .min(16)
    .max(200)
    .optional()
    .meta(
      configField({
        title: { zh: '回调签名共享密钥', en: 'Shared key of signatures' },
        help: {
          zh: '仅当账户改用共享密钥为回调签名时填写',
          en: 'Only where the account signs its calls with a shared key instead of the Auth Token',
        },
        secret: true,
        advanced: true,
      }),
    ),
  apiUrl: apiAddress.default('https://api.twilio.com').meta(
    configField({
      title: { zh: 'API 地址', en: 'Address of the API' },
      help: { zh: '使用其他区域时修改', en: 'Another one for another region' },
      advanced: true,
    }),
  ),
  messagingUrl: apiAddress
    .default('https://messaging.twilio.com')
    .meta(
      configField({ title: { zh: '消息服务 API 地址', en: 'Address of the messaging services API' }, advanced: true }),
    ),
})
export type Config = z.infer<typeof config>

export const isService = (sender: string): boolean => /^MG[0-9a-fA-F]{32}$/u.test(sender)
/** Names can only send. */
export const canReceive = (sender: string): boolean => isService(sender) || /^\+?\d+$/u.test(sender)
