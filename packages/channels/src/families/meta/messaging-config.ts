import { z } from 'zod'
import { configField } from '../../config-field.ts'

/** Fields that Messenger and Instagram both have. */
export const messagingFields = {
  accessToken: z
    .string()
    .trim()
    .min(1)
    .meta(
      configField({
        title: { zh: '访问令牌', en: 'Access token' },
        help: {
          zh: '不会过期的主页令牌，由系统用户生成；或 Instagram 登录的令牌。',
          en: 'A Page token that does not expire, made by a system user; or the token of an Instagram login.',
        },
        secret: true,
      }),
    ),
  appId: z
    .string()
    .trim()
    .regex(/^\d{5,32}$/)
    .meta(
      configField({
        title: { zh: '应用编号', en: 'App ID' },
        help: {
          zh: 'Meta 应用 → 应用设置 → 基本。用来认出我们自己发的消息。',
          en: 'Meta app → App settings → Basic. It tells our own messages from those of others.',
        },
      }),
    ),
  appSecret: z
    .string()
    .trim()
    .min(1)
    .meta(
      configField({
        title: { zh: '应用密钥', en: 'App secret' },
        help: { zh: '与应用编号同一页。', en: 'On the same page as the app ID.' },
        secret: true,
      }),
    ),
  verifyToken: z
    .string()
    .trim()
    .min(8)
    .meta(
      configField({
        title: { zh: '验证令牌', en: 'Verify token' },
        help: {
          zh: '自己想的一串字符，至少八位；在 Meta 的 webhook 页面填同一个。',
          en: 'Any words of your own, eight letters or more; enter the same on the webhook page at Meta.',
        },
        secret: true,
      }),
    ),
  apiUrl: z
    .url()
    .default('https://graph.facebook.com/v26.0')
    .meta(
      configField({
        title: { zh: '接口地址', en: 'API address' },
        help: {
          zh: '含版本号。用 Instagram 登录生成的令牌时为 https://graph.instagram.com/v26.0。',
          en: 'With the version. For tokens of an Instagram login: https://graph.instagram.com/v26.0.',
        },
        advanced: true,
      }),
    ),
}
