import { z } from 'zod'
import { configField } from '../config-field.ts'
import { callbackSecret } from '../families/sms-cn/callback.ts'
import type { Reply } from '../families/sms-cn/reply.ts'

const text = z.string().trim().min(1).max(128)

export const config = z.object({
  accessKeyId: text.regex(/^[\w.-]+$/u).meta(
    configField({
      title: { zh: 'AccessKey ID', en: 'AccessKey ID' },
      help: {
        zh: '访问控制 RAM → 用户：为 Qiao 建一个只有 AliyunDysmsFullAccess 权限的用户，再创建 AccessKey。',
        en: 'RAM console → Users: make a user for Qiao that has only AliyunDysmsFullAccess, then create an AccessKey.',
      },
    }),
  ),
  accessKeySecret: text.meta(
    configField({
      title: { zh: 'AccessKey Secret', en: 'AccessKey Secret' },
      help: { zh: '只在创建 AccessKey 时显示一次。', en: 'Shown once, when the AccessKey is created.' },
      secret: true,
    }),
  ),
  signName: text.meta(
    configField({
      title: { zh: '短信签名', en: 'Signature' },
      help: {
        zh: '短信服务控制台 → 国内消息 → 签名管理里审核通过的签名，不带【】。',
        en: 'An approved one of SMS console → Domestic Messages → Signatures, without 【】.',
      },
    }),
  ),
  callbackSecret,
  replyTemplate: text
    .regex(/^\w+$/u)
    .optional()
    .meta(
      configField({
        title: { zh: '回复模板 CODE', en: 'Template of replies' },
        help: {
          zh: '如“您好，您咨询的问题回复如下：${content}，感谢您的支持。”，客服写的话放在变量里发出。不填则只能发送模板短信。',
          en: 'One whose variable carries what people write, e.g. “Hello, our answer: ${content}. Thank you.” When empty, only templates can be sent.',
        },
      }),
    ),
  replyVariable: z
    .string()
    .trim()
    .regex(/^[A-Za-z]\w{0,24}$/u)
    .default('content')
    .meta(
      configField({
        title: { zh: '回复模板的变量名', en: 'Variable of that template' },
        help: { zh: '${} 里的名字；回复模板只能有这一个变量。', en: 'The name within ${}; it must be the only one.' },
      }),
    ),
  replyLength: z
    .int()
    .min(1)
    .max(450)
    .default(35)
    .meta(
      configField({
        title: { zh: '变量最多字数', en: 'Longest value of that variable' },
        help: {
          zh: '变量属性“其他”默认 35 个字；阿里云为账号放宽后再改大。超过的回复在发送前会被拒绝。',
          en: '35 characters for the attribute “others”; more once Alibaba Cloud allows it. Longer replies are refused before they are sent.',
        },
      }),
    ),
  apiUrl: z
    .url({ protocol: /^https?$/u })
    .default('https://dysmsapi.aliyuncs.com')
    .meta(configField({ title: { zh: '接口地址', en: 'API address' }, advanced: true })),
})
export type Config = z.infer<typeof config>

export const replyOf = ({ replyTemplate, replyLength }: Config): Reply | null =>
  replyTemplate === undefined ? null : { most: replyLength }
