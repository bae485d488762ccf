import { z } from 'zod'
import { configField } from '../config-field.ts'

const digits = z
  .string()
  .trim()
  .regex(/^\d{5,32}$/)

export const config = z.object({
  phoneNumberId: digits.meta(
    configField({
      title: { zh: '电话号码编号', en: 'Phone number ID' },
      help: {
        zh: 'Meta 应用 → WhatsApp → API 设置。是编号，不是电话号码。',
        en: 'Meta app → WhatsApp → API Setup. The ID, not the phone number itself.',
      },
    }),
  ),
  businessAccountId: digits.meta(
    configField({
      title: { zh: 'WhatsApp Business 账户编号', en: 'WhatsApp Business Account ID' },
      help: { zh: '在同一页面，电话号码编号旁边。', en: 'On the same page, beside the phone number ID.' },
    }),
  ),
  accessToken: z
    .string()
    .trim()
    .min(1)
    .meta(
      configField({
        title: { zh: '访问令牌', en: 'Access token' },
        help: {
          zh: '系统用户的永久令牌，权限 whatsapp_business_messaging 与 whatsapp_business_management。',
          en: 'A permanent token of a system user with whatsapp_business_messaging and whatsapp_business_management.',
        },
        secret: true,
      }),
    ),
  appSecret: z
    .string()
    .trim()
    .min(1)
    .meta(
      configField({
        title: { zh: '应用密钥', en: 'App secret' },
        help: { zh: 'Meta 应用 → 应用设置 → 基本。', en: 'Meta app → App settings → Basic.' },
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
        help: { zh: '含版本号。一般不用改。', en: 'With the version. Rarely changed.' },
        advanced: true,
      }),
    ),
})
export type Config = z.infer<typeof config>
