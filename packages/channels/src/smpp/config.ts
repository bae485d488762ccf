import { z } from 'zod'
import { configField } from '../config-field.ts'

/** Fields of a bind hold so many octets, less the one that ends them (SMPP 3.4 §4.1). */
const ascii = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x20-\x7E]*$/u, 'ASCII only')

export const config = z.object({
  host: z
    .string()
    .trim()
    .regex(/^[\w.:-]{1,253}$/u)
    .meta(
      configField({
        title: { zh: '服务器地址', en: 'Host' },
        help: { zh: '短信通道方提供的 SMSC 域名或 IP', en: 'Name or IP address of the SMSC, from your provider' },
      }),
    ),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(2775)
    .meta(
      configField({
        title: { zh: '端口', en: 'Port' },
        help: { zh: '通常为 2775，TLS 为 3550', en: 'Usually 2775, with TLS 3550' },
      }),
    ),
  tls: z
    .boolean()
    .default(false)
    .meta(configField({ title: { zh: '使用 TLS', en: 'Use TLS' } })),
  systemId: ascii(15)
    .min(1)
    .meta(configField({ title: { zh: '账号（system_id）', en: 'System ID' } })),
  password: ascii(64)
    .min(1)
    .meta(
      configField({
        title: { zh: '密码', en: 'Password' },
        help: {
          zh: 'SMPP 3.4 规定最多 8 个字符，有的通道允许更长',
          en: 'At most 8 characters in SMPP 3.4; some gateways take more',
        },
        secret: true,
      }),
    ),
  sender: z
    .string()
    .trim()
    .regex(
      /^(?:\+[1-9]\d{5,14}|\d{3,20}|(?=.*[A-Za-z])[\x20-\x7E]{1,11})$/u,
      'A number, a short code or a name of up to 11 letters',
    )
    .meta(
      configField({
        title: { zh: '发送方', en: 'Sender' },
        help: { zh: '号码（+8613…）、接入号（1069…）或字母名称', en: 'A number (+44…), a short code, or a name' },
      }),
    ),
  countryCode: z
    .string()
    .regex(/^[1-9]\d{0,2}$/u)
    .optional()
    .meta(
      configField({
        title: { zh: '本国区号', en: 'Country code' },
        help: {
          zh: '对方号码不带国家区号时填写，如 86；不填则视来电号码为国际格式',
          en: 'Such as 86, where numbers come without one; empty: numbers come with theirs',
        },
      }),
    ),
  systemType: ascii(12)
    .default('')
    .meta(configField({ title: { zh: '系统类型（system_type）', en: 'System type' }, advanced: true })),
  serviceType: ascii(5)
    .default('')
    .meta(configField({ title: { zh: '业务类型（service_type）', en: 'Service type' }, advanced: true })),
  alphabet: z
    .enum(['gsm-7', 'latin1'])
    .default('gsm-7')
    .meta(
      configField({
        title: { zh: '默认字符集', en: 'Default alphabet' },
        help: { zh: 'data_coding 为 0 时的含义；问通道方', en: 'What data_coding 0 means there; ask your provider' },
        advanced: true,
      }),
    ),
  longMessages: z
    .enum(['udh', 'sar', 'payload'])
    .default('udh')
    .meta(
      configField({
        title: { zh: '长短信方式', en: 'Long messages by' },
        help: {
          zh: 'udh：用户数据头；sar：SAR 参数；payload：message_payload 整条提交',
          en: 'udh: user data header; sar: SAR parameters; payload: whole, as message_payload',
        },
        advanced: true,
      }),
    ),
  receiptIds: z
    .enum(['same', 'decimal-of-hex', 'hex-of-decimal'])
    .default('same')
    .meta(
      configField({
        title: { zh: '状态报告中的消息 ID', en: 'Ids in receipts' },
        help: {
          zh: 'same：与提交响应相同；decimal-of-hex：响应为十六进制而报告为十进制；hex-of-decimal：相反',
          en: 'same as in the response; decimal-of-hex: the response is hexadecimal, the receipt decimal; hex-of-decimal: the other way round',
        },
        advanced: true,
      }),
    ),
  window: z
    .int()
    .min(1)
    .max(500)
    .default(10)
    .meta(
      configField({
        title: { zh: '提交窗口', en: 'Submit window' },
        help: { zh: '最多多少条未响应的提交', en: 'Most submissions without a response' },
        advanced: true,
      }),
    ),
  perSecond: z
    .int()
    .min(1)
    .max(5_000)
    .default(10)
    .meta(
      configField({
        title: { zh: '每秒条数', en: 'Messages a second' },
        help: { zh: '通道方允许的速率', en: 'What your provider allows' },
        advanced: true,
      }),
    ),
  enquireSeconds: z
    .int()
    .min(1)
    .max(600)
    .default(30)
    .meta(configField({ title: { zh: '心跳间隔（秒）', en: 'Seconds between enquire_link' }, advanced: true })),
  responseSeconds: z
    .int()
    .min(1)
    .max(120)
    .default(10)
    .meta(configField({ title: { zh: '等待响应（秒）', en: 'Seconds to wait for responses' }, advanced: true })),
  partsSeconds: z
    .int()
    .min(1)
    .max(600)
    .default(20)
    .meta(
      configField({
        title: { zh: '等待长短信其余部分（秒）', en: 'Seconds to wait for parts' },
        help: { zh: '应短于通道方等待响应的时间', en: 'Less than the provider waits for a response' },
        advanced: true,
      }),
    ),
  acknowledgeParts: z
    .boolean()
    .default(false)
    .meta(
      configField({
        title: { zh: '逐条确认长短信', en: 'Acknowledge each part at once' },
        help: {
          zh: '通道方一次只下发一条时打开；若此时服务器中断，未收齐的长短信会丢失',
          en: 'For providers that send one at a time; parts of an unfinished message are lost when the server fails',
        },
        advanced: true,
      }),
    ),
})
export type Config = z.infer<typeof config>
