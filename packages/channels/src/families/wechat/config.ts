import { z } from 'zod'
import { configField } from '../../config-field.ts'
import { isAesKey } from './crypto.ts'

/** Fields of the setup page that official accounts and mini programs share. */

const text = z.string().trim().min(1).max(512)

export const platformFields = {
  appId: text.regex(/^wx[0-9a-f]{16}$/).meta(
    configField({
      title: { zh: '开发者 ID（AppID）', en: 'AppID' },
      help: {
        zh: '微信后台的开发设置页，以 wx 开头。',
        en: 'On the development page of the WeChat console; begins with wx.',
      },
    }),
  ),
  secret: text.meta(
    configField({
      title: { zh: '开发者密码（AppSecret）', en: 'AppSecret' },
      help: { zh: '在同一页面；只显示一次。', en: 'On the same page; shown only once.' },
      secret: true,
    }),
  ),
  token: text.regex(/^[A-Za-z0-9]{3,32}$/).meta(
    configField({
      title: { zh: '令牌（Token）', en: 'Token' },
      help: {
        zh: '自己定的 3–32 位字母或数字；在微信的服务器配置填同一个。',
        en: 'Letters and digits of your own, 3 to 32; enter the same in the server configuration at WeChat.',
      },
      secret: true,
    }),
  ),
  encryption: z
    .enum(['safe', 'compat', 'plain'])
    .default('safe')
    .meta(
      configField({
        title: { zh: '消息加解密方式', en: 'Message encryption' },
        help: {
          zh: '与微信一致。明文模式下消息没有签名，不建议使用。',
          en: 'As at WeChat. In plain mode messages are not signed; not advised.',
        },
        options: {
          safe: { zh: '安全模式', en: 'Safe' },
          compat: { zh: '兼容模式', en: 'Compatible (both forms)' },
          plain: { zh: '明文模式', en: 'Plain' },
        },
      }),
    ),
  aesKey: z
    .string()
    .trim()
    .refine((key) => key === '' || isAesKey(key), '43 letters and digits')
    .optional()
    .meta(
      configField({
        title: { zh: '消息加解密密钥（EncodingAESKey）', en: 'EncodingAESKey' },
        help: { zh: '43 位；明文模式可不填。', en: '43 letters and digits; not needed in plain mode.' },
        secret: true,
      }),
    ),
  apiUrl: z
    .url()
    .default('https://api.weixin.qq.com')
    .meta(configField({ title: { zh: '接口地址', en: 'API address' }, advanced: true })),
}

/** What is copied to WeChat. */
export const platformSetup = (
  callbackUrl: string,
  {
    token,
    aesKey,
    encryption,
  }: { token: string; aesKey?: string | undefined; encryption: 'safe' | 'compat' | 'plain' },
) => [
  { label: { zh: '服务器地址（URL）', en: 'URL' }, value: callbackUrl },
  { label: { zh: '令牌（Token）', en: 'Token' }, value: token },
  ...(aesKey ? [{ label: { zh: '消息加解密密钥（EncodingAESKey）', en: 'EncodingAESKey' }, value: aesKey }] : []),
  {
    label: { zh: '消息加解密方式', en: 'Message encryption' },
    value: { safe: '安全模式', compat: '兼容模式', plain: '明文模式' }[encryption],
  },
]
