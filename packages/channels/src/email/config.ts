import { z } from 'zod'
import { configField } from '../config-field.ts'
import { mailAddress } from './address.ts'
import { advanced, host, line, port, secret } from './config-advanced.ts'

const securities = ['tls', 'starttls', 'none'] as const
const securityNames = {
  tls: { zh: 'SSL/TLS', en: 'SSL/TLS' },
  starttls: { zh: 'STARTTLS', en: 'STARTTLS' },
  none: { zh: '不加密（仅限内网）', en: 'None (private networks only)' },
}

export const config = z.object({
  address: z
    .string()
    .trim()
    .refine((text) => mailAddress(text) !== null, 'An e-mail address')
    .meta(
      configField({
        title: { zh: '邮箱地址', en: 'E-mail address' },
        help: { zh: '客户写信到此地址，回复也从此地址发出', en: 'Customers write to it, and answers come from it' },
      }),
    ),
  displayName: line(120)
    .default('')
    .meta(
      configField({
        title: { zh: '发件人名称', en: 'Sender name' },
        help: { zh: '如：山茶集客服', en: 'Such as: Camellia Support' },
      }),
    ),
  otherAddresses: line(2_000)
    .default('')
    .meta(
      configField({
        title: { zh: '其他收信地址', en: 'Other addresses' },
        help: {
          zh: '别名或转发到此邮箱的地址，用逗号分隔；不会被当作抄送的客户',
          en: 'Aliases and addresses that are forwarded here, with commas between; never taken for customers',
        },
        advanced: true,
      }),
    ),
  signIn: z
    .enum(['password', 'google', 'microsoft'])
    .default('password')
    .meta(
      configField({
        title: { zh: '登录方式', en: 'Sign in with' },
        options: {
          password: { zh: '密码或授权码', en: 'Password or app password' },
          google: { zh: 'Google（OAuth 2）', en: 'Google (OAuth 2)' },
          microsoft: { zh: 'Microsoft 365（OAuth 2）', en: 'Microsoft 365 (OAuth 2)' },
        },
      }),
    ),
  user: line(320)
    .default('')
    .meta(
      configField({
        title: { zh: '用户名', en: 'User name' },
        help: { zh: '留空则为邮箱地址', en: 'Empty: the e-mail address' },
      }),
    ),
  password: secret.meta(
    configField({
      title: { zh: '密码', en: 'Password' },
      help: {
        zh: 'QQ、163 等邮箱请填授权码；Gmail 请填应用专用密码',
        en: 'Gmail, Yahoo and iCloud want an app password; QQ and 163 an authorisation code',
      },
      secret: true,
    }),
  ),
  imapHost: host.default('').meta(
    configField({
      title: { zh: 'IMAP 服务器', en: 'IMAP host' },
      help: {
        zh: '如 imap.exmail.qq.com；留空则不从邮箱取信',
        en: 'Such as imap.gmail.com; empty: no mail is fetched from a mailbox',
      },
    }),
  ),
  imapPort: port.default(993).meta(configField({ title: { zh: 'IMAP 端口', en: 'IMAP port' } })),
  imapSecurity: z
    .enum(securities)
    .default('tls')
    .meta(configField({ title: { zh: 'IMAP 加密', en: 'IMAP security' }, options: securityNames })),
  smtpHost: host.default('').meta(
    configField({
      title: { zh: 'SMTP 服务器', en: 'SMTP host' },
      help: { zh: '如 smtp.exmail.qq.com', en: 'Such as smtp.gmail.com' },
    }),
  ),
  smtpPort: port.default(465).meta(configField({ title: { zh: 'SMTP 端口', en: 'SMTP port' } })),
  smtpSecurity: z
    .enum(securities)
    .default('tls')
    .meta(configField({ title: { zh: 'SMTP 加密', en: 'SMTP security' }, options: securityNames })),
  ...advanced,
})
export type Config = z.infer<typeof config>

const listOf = (text: string): string[] =>
  text
    .split(/[,，;；]/u)
    .map((item) => item.trim())
    .filter((item) => item !== '')

export const foldersOf = ({ folders }: Config): string[] => [...new Set(listOf(folders))].slice(0, 20)
/** Canonical; the first is the one that we write from. */
export const ownAddresses = ({ address, otherAddresses }: Config): string[] => [
  ...new Set([address, ...listOf(otherAddresses)].flatMap((text) => mailAddress(text) ?? [])),
]
export const userOf = ({ user, address }: Config): string => user || address
