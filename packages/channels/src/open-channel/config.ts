import { z } from 'zod'
import { configField } from '../config-field.ts'

const secretForm = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/u
const secret = z.string().regex(secretForm, 'whsec_ and the base64 form of 24 to 64 bytes')

export const openConfig = z.object({
  endpointUrl: z.url({ protocol: /^https?$/u }).meta(
    configField({
      title: { zh: '贵方接收地址', en: 'Your address' },
      help: {
        zh: '我们把客服的消息以签名的 POST 请求发送到此地址',
        en: 'We send what agents write to this address, as signed POST requests',
      },
    }),
  ),
  secret: secret.meta(
    configField({
      title: { zh: '签名密钥', en: 'Signing secret' },
      help: {
        zh: 'whsec_ 开头，后接 24–64 个随机字节的 Base64；双方共用',
        en: 'whsec_ followed by 24 to 64 random bytes in base64; both sides use it',
      },
      secret: true,
    }),
  ),
  windowHours: z
    .number()
    .positive()
    .max(24 * 365)
    .optional()
    .meta(
      configField({
        title: { zh: '回复时限（小时）', en: 'Reply window (hours)' },
        help: {
          zh: '客户最后一条消息之后多少小时内可以回复；不填则不限',
          en: 'For how many hours after a message of the customer one may answer; empty: always',
        },
      }),
    ),
  windowMessages: z
    .int()
    .positive()
    .optional()
    .meta(
      configField({
        title: { zh: '时限内可回复条数', en: 'Messages within the window' },
        help: { zh: '不填则不限', en: 'Empty: any number' },
        advanced: true,
      }),
    ),
  templatesAfterwards: z
    .boolean()
    .default(false)
    .meta(
      configField({
        title: { zh: '超过时限后可发模板', en: 'Templates after the window' },
        help: {
          zh: '贵方系统须能列出模板（type 为 templates 的请求）',
          en: 'Your system must list them (requests of type templates)',
        },
        advanced: true,
      }),
    ),
  reactions: z
    .boolean()
    .default(false)
    .meta(
      configField({
        title: { zh: '可收表情回应', en: 'Takes reactions' },
        help: {
          zh: '贵方系统能显示客服对客户消息的表情回应（type 为 reaction 的请求）',
          en: 'Your system shows how agents react to messages of customers (requests of type reaction)',
        },
        advanced: true,
      }),
    ),
})
export type OpenConfig = z.infer<typeof openConfig>
