import { z } from 'zod'
import { configField } from '../config-field.ts'
import { networksOf } from './relays.ts'

export const host = z
  .string()
  .trim()
  .regex(/^(?:[\w.:-]{1,253})?$/u)
export const port = z.int().min(1).max(65_535)
export const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\r\n\0]*$/u, 'One line')
const address = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:https?:\/\/\S+)?$/u)
export const secret = z.string().max(4_096).optional()

/** Folded away: what most mailboxes do without. */
export const advanced = {
  clientId: line(500)
    .default('')
    .meta(configField({ title: { zh: 'OAuth 客户端 ID', en: 'OAuth client ID' }, advanced: true })),
  clientSecret: secret.meta(
    configField({ title: { zh: 'OAuth 客户端密钥', en: 'OAuth client secret' }, secret: true, advanced: true }),
  ),
  refreshToken: secret.meta(
    configField({
      title: { zh: 'OAuth 刷新令牌', en: 'OAuth refresh token' },
      help: {
        zh: 'Microsoft 365 留空则以应用身份登录',
        en: 'Microsoft 365: empty to sign in as the application itself',
      },
      secret: true,
      advanced: true,
    }),
  ),
  tenant: z
    .string()
    .trim()
    .regex(/^[\w.-]{0,200}$/u)
    .default('')
    .meta(configField({ title: { zh: 'Microsoft 租户 ID', en: 'Microsoft tenant ID' }, advanced: true })),
  authorizeUrl: address
    .default('')
    .meta(configField({ title: { zh: 'OAuth 授权地址', en: 'OAuth authorisation URL' }, advanced: true })),
  tokenUrl: address
    .default('')
    .meta(configField({ title: { zh: 'OAuth 令牌地址', en: 'OAuth token URL' }, advanced: true })),
  smtpUser: line(320)
    .default('')
    .meta(
      configField({
        title: { zh: 'SMTP 用户名', en: 'SMTP user name' },
        help: { zh: '发信由另一服务（如 SES）代发时填写', en: 'Where another service sends, such as SES' },
        advanced: true,
      }),
    ),
  smtpPassword: secret.meta(
    configField({ title: { zh: 'SMTP 密码', en: 'SMTP password' }, secret: true, advanced: true }),
  ),
  folders: line(1_000)
    .default('INBOX')
    .meta(
      configField({
        title: { zh: '收信文件夹', en: 'Folders' },
        help: { zh: '用逗号分隔', en: 'With commas between' },
        advanced: true,
      }),
    ),
  firstDays: z
    .int()
    .min(0)
    .max(36_500)
    .default(0)
    .meta(
      configField({
        title: { zh: '首次取多少天的旧邮件', en: 'Days of old mail at first' },
        help: { zh: '0：只取连接之后的新邮件', en: '0: only what comes from now on' },
        advanced: true,
      }),
    ),
  markSeen: z
    .boolean()
    .default(false)
    .meta(
      configField({
        title: { zh: '取信后标为已读', en: 'Mark as read when fetched' },
        advanced: true,
      }),
    ),
  sentFolder: line(200)
    .default('')
    .meta(
      configField({
        title: { zh: '已发送文件夹', en: 'Sent folder' },
        help: {
          zh: '用于查证是否已发出；如 Sent、[Gmail]/Sent Mail',
          en: 'Where to look whether a mail went out, such as Sent or [Gmail]/Sent Mail',
        },
        advanced: true,
      }),
    ),
  saveSent: z
    .boolean()
    .default(false)
    .meta(
      configField({
        title: { zh: '把发出的邮件存入该文件夹', en: 'Save what is sent there' },
        help: { zh: 'Gmail 与 Microsoft 365 会自动保存', en: 'Gmail and Microsoft 365 do it themselves' },
        advanced: true,
      }),
    ),
  plusAddressing: z
    .boolean()
    .default(true)
    .meta(
      configField({
        title: { zh: '使用带 + 的回复地址', en: 'Reply addresses with +' },
        help: {
          zh: '如 help+c.…@…，准确归入原会话；邮件服务器不支持时关闭',
          en: 'Such as help+c.…@…, which lead to the conversation; switch off where the mail server refuses them',
        },
        advanced: true,
      }),
    ),
  subjectNumber: z
    .boolean()
    .default(true)
    .meta(
      configField({
        title: { zh: '主题中带会话号', en: 'Number in the subject' },
        help: { zh: '如 [#123]', en: 'Such as [#123]' },
        advanced: true,
      }),
    ),
  authservId: line(253)
    .default('')
    .meta(
      configField({
        title: { zh: '验证结果的服务器名（authserv-id）', en: 'Name in Authentication-Results (authserv-id)' },
        help: {
          zh: '收信服务器（IMAP 或下方的中转服务器）写入的名称；仅当它会删除伪造的同名标头时填写。Gmail 与 Microsoft 365 无需填写',
          en: 'What the server writes there from which mail is fetched, or which passes it on (below); only if it removes forged ones. Gmail and Microsoft 365 need none',
        },
        advanced: true,
      }),
    ),
  trustedRelays: line(2_000)
    .refine((text) => networksOf(text) !== null, 'Addresses or networks, with commas between')
    .default('')
    .meta(
      configField({
        title: { zh: '可信的中转服务器', en: 'Servers that pass mail on' },
        help: {
          zh: '把来信转交给本系统 SMTP 监听的公司邮件服务器的 IP 地址或网段，用逗号分隔，如 10.0.0.5, 192.0.2.0/28；以其验证结果为准',
          en: 'Addresses or networks of your own mail servers that hand mail to our SMTP listener, such as 10.0.0.5, 192.0.2.0/28: what they found out of the sender counts',
        },
        advanced: true,
      }),
    ),
  verifySenders: z
    .boolean()
    .default(true)
    .meta(
      configField({
        title: { zh: '验证发件域名（SPF、DKIM、DMARC）', en: 'Verify sending domains (SPF, DKIM, DMARC)' },
        advanced: true,
      }),
    ),
  dkimDomain: host.default('').meta(
    configField({
      title: { zh: 'DKIM 域名', en: 'DKIM domain' },
      help: { zh: '仅当发信服务器不签名时填写', en: 'Only where the server that sends does not sign' },
      advanced: true,
    }),
  ),
  dkimSelector: host
    .default('')
    .meta(configField({ title: { zh: 'DKIM 选择器', en: 'DKIM selector' }, advanced: true })),
  dkimKey: secret.meta(
    configField({
      title: { zh: 'DKIM 私钥（PEM）', en: 'DKIM private key (PEM)' },
      secret: true,
      advanced: true,
    }),
  ),
  webhook: z
    .enum(['none', 'sendgrid', 'mailgun', 'ses'])
    .default('none')
    .meta(
      configField({
        title: { zh: '由谁推送来信', en: 'Mail is pushed by' },
        options: {
          none: { zh: '无', en: 'Nobody' },
          sendgrid: { zh: 'SendGrid Inbound Parse', en: 'SendGrid Inbound Parse' },
          mailgun: { zh: 'Mailgun Routes', en: 'Mailgun Routes' },
          ses: { zh: 'Amazon SES（SNS，或 S3 与 SNS）', en: 'Amazon SES (SNS, or S3 and SNS)' },
        },
        advanced: true,
      }),
    ),
  webhookKey: secret.meta(
    configField({
      title: { zh: 'Mailgun 签名密钥', en: 'Mailgun signing key' },
      secret: true,
      advanced: true,
    }),
  ),
  topicArn: line(300)
    .default('')
    .meta(configField({ title: { zh: 'SNS 主题 ARN', en: 'SNS topic ARN' }, advanced: true })),
  s3Bucket: line(63)
    .default('')
    .meta(
      configField({
        title: { zh: 'S3 存储桶', en: 'S3 bucket' },
        help: {
          zh: 'SES 收信规则把邮件存入此存储桶（操作“S3”，并选择上面的 SNS 主题；不要开启邮件加密）时填写',
          en: 'Where the receipt rule of SES stores mail (action “S3” with the topic above, without message encryption)',
        },
        advanced: true,
      }),
    ),
  s3Region: z
    .string()
    .trim()
    .regex(/^[a-z0-9-]{0,40}$/u)
    .default('')
    .meta(
      configField({
        title: { zh: 'S3 区域', en: 'S3 region' },
        help: { zh: '留空则与 SNS 主题相同', en: 'Empty: that of the topic' },
        advanced: true,
      }),
    ),
  s3AccessKeyId: line(200)
    .default('')
    .meta(
      configField({
        title: { zh: 'S3 访问密钥 ID', en: 'S3 access key ID' },
        help: {
          zh: '只需要该存储桶的 s3:GetObject 权限',
          en: 'It needs s3:GetObject on the bucket and nothing else',
        },
        advanced: true,
      }),
    ),
  s3SecretAccessKey: secret.meta(
    configField({ title: { zh: 'S3 私有访问密钥', en: 'S3 secret access key' }, secret: true, advanced: true }),
  ),
  s3Endpoint: address.default('').meta(
    configField({
      title: { zh: 'S3 服务地址', en: 'S3 endpoint' },
      help: { zh: '仅用于兼容 S3 的其他服务', en: 'Only for other services that speak S3’s protocol' },
      advanced: true,
    }),
  ),
}
