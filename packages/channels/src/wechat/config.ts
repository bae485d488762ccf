import { z } from 'zod'
import { configField } from '../config-field.ts'
import { platformFields } from '../families/wechat/config.ts'

export const config = z.object({
  ...platformFields,
  api: z
    .enum(['service', 'answers', 'passive'])
    .default('service')
    .meta(
      configField({
        title: { zh: '发送方式', en: 'How messages leave' },
        help: {
          zh: '未认证的公众号没有客服接口：选“只有被动回复”。被动回复不占 5 条配额，但微信的每次调用最多要等 5 秒。',
          en: 'Accounts that are not verified have no customer service API: choose “answers only”. Answers to WeChat’s calls use none of the 5 messages, but keep each of its calls open for up to 5 seconds.',
        },
        options: {
          service: { zh: '客服消息', en: 'Customer service messages' },
          answers: {
            zh: '先用被动回复，来不及的用客服消息',
            en: 'Answers to calls first, the rest as customer service messages',
          },
          passive: { zh: '只有被动回复（未认证）', en: 'Answers to calls only (not verified)' },
        },
      }),
    ),
  kfAccount: z
    .string()
    .trim()
    .max(64)
    .optional()
    .meta(
      configField({
        title: { zh: '客服账号', en: 'Customer service account' },
        help: {
          zh: '形如 name@gh_xxx：客户看到它的昵称和头像。可不填。',
          en: 'Like name@gh_xxx: customers see its name and picture. May be left empty.',
        },
        advanced: true,
      }),
    ),
})
export type Config = z.infer<typeof config>
