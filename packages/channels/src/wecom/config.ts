import { z } from 'zod'
import { configField } from '../config-field.ts'
import { isAesKey } from '../families/wechat/crypto.ts'

const text = z.string().trim().min(1).max(512)

export const config = z.object({
  corpId: text.regex(/^w[wxp][\w-]{8,32}$/).meta(
    configField({
      title: { zh: '企业 ID（CorpID）', en: 'CorpID' },
      help: {
        zh: '企业微信管理后台 → 我的企业 → 企业信息。',
        en: 'WeCom console → My Enterprise → Enterprise Information.',
      },
    }),
  ),
  secret: text.meta(
    configField({
      title: { zh: '应用 Secret', en: 'Secret of the app' },
      help: {
        zh: '自建应用的 Secret；该应用须列在“微信客服 → 可调用接口的应用”中。',
        en: 'Of a self-built app that is listed under “WeChat Customer Service → Apps That Can Call the API”.',
      },
      secret: true,
    }),
  ),
  openKfId: text.regex(/^wk[\w-]{4,62}$/).meta(
    configField({
      title: { zh: '客服账号 ID（open_kfid）', en: 'Customer service account (open_kfid)' },
      help: {
        zh: '以 wk 开头。一个收件箱对应一个客服账号；“检查”会列出可用的账号。',
        en: 'Begins with wk. One inbox is one account; “Check” lists those that can be used.',
      },
    }),
  ),
  token: text.regex(/^[A-Za-z0-9]{1,32}$/).meta(
    configField({
      title: { zh: '回调 Token', en: 'Callback token' },
      help: { zh: '在应用或微信客服的“接收消息”页随机获取。', en: 'Made on the page “Receive Messages” of the app.' },
      secret: true,
    }),
  ),
  aesKey: z
    .string()
    .trim()
    .refine(isAesKey, '43 letters and digits')
    .meta(
      configField({
        title: { zh: '回调 EncodingAESKey', en: 'Callback EncodingAESKey' },
        help: { zh: '在同一页面随机获取，43 位。', en: 'Made on the same page, 43 letters and digits.' },
        secret: true,
      }),
    ),
  welcome: z
    .string()
    .trim()
    .max(600)
    .optional()
    .meta(
      configField({
        title: { zh: '欢迎语', en: 'Welcome' },
        help: {
          zh: '客户进入会话时自动发送，48 小时内最多一次；企业微信后台不能同时设置欢迎语。可不填。',
          en: 'Sent when a customer enters, once in 48 hours; there must be none at WeCom itself. May be left empty.',
        },
      }),
    ),
  closing: z
    .enum(['end', 'keep'])
    .default('end')
    .meta(
      configField({
        title: { zh: '关闭会话时', en: 'When a conversation is closed' },
        help: {
          zh: '结束后客户可以评价，再次咨询时是新的会话（有欢迎语）；在客户再次来信前不能再发消息。',
          en: 'Once it is ended the customer may rate it, and comes to a new session with a welcome; nothing more can be sent until they write again.',
        },
        options: {
          end: { zh: '同时结束微信客服会话', en: 'End the session at WeCom too' },
          keep: {
            zh: '保留微信客服会话（48 小时内仍可回复）',
            en: 'Keep the session: replies are possible for 48 hours',
          },
        },
      }),
    ),
  apiUrl: z
    .url()
    .default('https://qyapi.weixin.qq.com')
    .meta(configField({ title: { zh: '接口地址', en: 'API address' }, advanced: true })),
})
export type Config = z.infer<typeof config>
