import { z } from 'zod'
import { configField } from '../config-field.ts'
import { callbackSecret } from '../families/sms-cn/callback.ts'
import type { Reply } from '../families/sms-cn/reply.ts'

const text = z.string().trim().min(1).max(128)

export const config = z.object({
  secretId: text.regex(/^[\w-]+$/u).meta(
    configField({
      title: { zh: 'SecretId', en: 'SecretId' },
      help: {
        zh: '访问管理 CAM → 用户：为 Qiao 建一个只有 QcloudSMSFullAccess 权限的子用户，再在“API 密钥”里创建。',
        en: 'CAM console → Users: make a sub-user for Qiao that has only QcloudSMSFullAccess, then create an API key.',
      },
    }),
  ),
  secretKey: text.meta(
    configField({
      title: { zh: 'SecretKey', en: 'SecretKey' },
      help: { zh: '只在创建密钥时显示一次。', en: 'Shown once, when the key is created.' },
      secret: true,
    }),
  ),
  sdkAppId: z
    .string()
    .trim()
    .regex(/^\d{6,20}$/u, 'A number like 1400006666')
    .meta(
      configField({
        title: { zh: '短信应用 SDK AppID', en: 'SDK AppID' },
        help: {
          zh: '短信控制台 → 应用管理 → 应用列表，形如 1400006666。',
          en: 'SMS console → Application Management → Application List, like 1400006666.',
        },
      }),
    ),
  signName: text.meta(
    configField({
      title: { zh: '短信签名', en: 'Signature' },
      help: {
        zh: '短信控制台 → 国内短信 → 签名管理里可用的签名内容，不带【】。',
        en: 'A usable one of SMS console → Chinese Mainland SMS → Signatures, without 【】.',
      },
    }),
  ),
  callbackSecret,
  replyTemplate: z
    .string()
    .trim()
    .regex(/^\d{1,20}$/u)
    .optional()
    .meta(
      configField({
        title: { zh: '回复模板 ID', en: 'Template of replies' },
        help: {
          zh: '如“您好，您咨询的问题回复如下：{1}，感谢您的支持。”，客服写的话放在变量 {1} 里发出。不填则只能发送模板短信。',
          en: 'One whose variable {1} carries what people write, e.g. “Hello, our answer: {1}. Thank you.” When empty, only templates can be sent.',
        },
      }),
    ),
  replyLength: z
    .int()
    .min(1)
    .max(450)
    .default(12)
    .meta(
      configField({
        title: { zh: '变量最多字数', en: 'Longest value of that variable' },
        help: {
          zh: '以短信控制台“创建正文模板”页为准。超过的回复在发送前会被拒绝。',
          en: 'The page “Create Body Template” of the SMS console says it. Longer replies are refused before they are sent.',
        },
      }),
    ),
  region: z
    .string()
    .trim()
    .regex(/^[a-z]+-[a-z0-9-]+$/u)
    .default('ap-guangzhou')
    .meta(configField({ title: { zh: '地域', en: 'Region' }, advanced: true })),
  apiUrl: z
    .url({ protocol: /^https?$/u })
    .default('https://sms.tencentcloudapi.com')
    .meta(configField({ title: { zh: '接口地址', en: 'API address' }, advanced: true })),
})
export type Config = z.infer<typeof config>

export const replyOf = ({ replyTemplate, replyLength }: Config): Reply | null =>
  replyTemplate === undefined ? null : { most: replyLength }
