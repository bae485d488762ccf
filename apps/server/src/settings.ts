import { isIP } from 'node:net'
import { z } from 'zod'

/** How one setting appears in the documentation and in the sentence that refuses a wrong value. */
const metaSchema = z.object({
  description: z.string(),
  expected: z.string().describe('Completes "…, but must be"'),
  fallback: z.string().describe('What happens without it'),
  secret: z.boolean().optional().describe('The value must not be repeated in messages'),
})
export type SettingMeta = z.infer<typeof metaSchema>

const roles = ['web', 'worker', 'router'] as const
export type Role = (typeof roles)[number]

const isUrl = (text: string, protocols: string[]) => URL.canParse(text) && protocols.includes(new URL(text).protocol)
const isOrigin = (text: string) =>
  isUrl(text, ['http:', 'https:']) && new URL(text).pathname === '/' && !/[?#]/.test(text)

function isNetwork(text: string): boolean {
  const [address = '', bits = '1', ...rest] = text.split('/')
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0
  return rest.length === 0 && /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most
}

const wholeNumber = (from: number, to: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= from && value <= to)
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on')
const url = (...protocols: string[]) => z.string().refine((text) => isUrl(text, protocols))
const setting = <Schema extends z.core.$ZodType>(schema: Schema, meta: SettingMeta) => z.optional(schema).meta(meta)

/** Every setting of the server. `docs/operations/settings.md` is written from it by `npm run generate`. */
export const settingsSchema = z.object({
  NODE_ENV: setting(z.enum(['production', 'development', 'test']), {
    description: '`production` demands the settings that must not be guessed.',
    expected: 'production, development or test',
    fallback: 'development',
  }),
  PORT: setting(wholeNumber(0, 65_535), {
    description: 'TCP port of the web server; 0 takes a free one.',
    expected: 'a whole number from 0 to 65535',
    fallback: '3000',
  }),
  HOST: setting(z.string().regex(/^[\w.:-]+$/), {
    description: 'Address to listen on. `0.0.0.0` opens the server to other machines.',
    expected: 'a host name or an IP address',
    fallback: '127.0.0.1',
  }),
  QIAO_URL: setting(z.string().refine(isOrigin), {
    description: 'Public address under which browsers and providers reach the server.',
    expected: 'an http or https address without a path, such as https://chat.example.com',
    fallback: 'http://localhost:PORT',
  }),
  QIAO_DATA_DIR: setting(z.string(), {
    description: 'Folder of the embedded database, of files on disk and of the generated secret.',
    expected: 'a folder',
    fallback: './data',
  }),
  QIAO_SECRET: setting(z.string().min(32), {
    description:
      'Signs cookies and links and encrypts the credentials of channels. The same on every process; keep a copy.',
    expected: 'at least 32 characters',
    fallback: 'generated once into QIAO_DATA_DIR/secret; required with REDIS_URL, and in production with DATABASE_URL',
    secret: true,
  }),
  QIAO_ROLES: setting(
    z
      .string()
      .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
      .pipe(z.array(z.enum(roles)).min(1)),
    {
      description: 'What this process does: answer requests, run jobs, distribute work.',
      expected: 'a comma-separated list out of web, worker, router',
      fallback: 'web,worker,router',
    },
  ),
  QIAO_DEMO: setting(onOff, {
    description: 'Seed the demo company (accounts with known passwords) into an empty database.',
    expected: 'on or off',
    fallback: 'on with the embedded database outside production, else off',
  }),
  QIAO_TRUST_PROXY: setting(
    z
      .string()
      .transform((text) => (text === 'on' ? true : text === 'off' ? false : text.trim().split(/\s*,\s*/)))
      .refine((proxies) => typeof proxies === 'boolean' || proxies.every(isNetwork)),
    {
      description: 'Whose X-Forwarded-* headers count: of nobody, of everybody, or of these proxies.',
      expected: 'on, off, or a comma-separated list of IP addresses or networks',
      fallback: 'off',
    },
  ),
  QIAO_ALLOW_PRIVATE_TARGETS: setting(onOff, {
    description: 'Let webhooks and other configured addresses point into private networks. For development and tests.',
    expected: 'on or off',
    fallback: 'off',
  }),
  LOG_LEVEL: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']), {
    description: 'How much is logged.',
    expected: 'trace, debug, info, warn, error, fatal or silent',
    fallback: 'info',
  }),
  DATABASE_URL: setting(url('postgres:', 'postgresql:'), {
    description: 'PostgreSQL 15 or newer to use instead of the embedded one.',
    expected: 'an address such as postgresql://user:password@host:5432/database',
    fallback: 'the embedded PostgreSQL in QIAO_DATA_DIR',
    secret: true,
  }),
  DATABASE_POOL_SIZE: setting(wholeNumber(2, 500), {
    description: 'Database connections of this process at most.',
    expected: 'a whole number from 2 to 500',
    fallback: '20',
  }),
  REDIS_URL: setting(url('redis:', 'rediss:'), {
    description: 'Carries realtime events between processes. Needed as soon as there are two web processes.',
    expected: 'an address such as redis://host:6379',
    fallback: 'events stay in this process',
    secret: true,
  }),
  QIAO_STORAGE: setting(z.enum(['disk', 's3']), {
    description: 'Where files are kept.',
    expected: 'disk or s3',
    fallback: 'disk (QIAO_DATA_DIR/files)',
  }),
  S3_ENDPOINT: setting(url('http:', 'https:'), {
    description: 'Address of an S3-compatible service that is not AWS.',
    expected: 'an http or https address',
    fallback: 'AWS',
  }),
  S3_REGION: setting(z.string(), { description: 'Region of the bucket.', expected: 'a region', fallback: 'us-east-1' }),
  S3_BUCKET: setting(z.string(), {
    description: 'Bucket for files.',
    expected: 'the name of a bucket',
    fallback: 'required with QIAO_STORAGE=s3',
  }),
  S3_ACCESS_KEY_ID: setting(z.string(), {
    description: 'Access key of the bucket.',
    expected: 'an access key',
    fallback: 'credentials of the machine (AWS chain)',
  }),
  S3_SECRET_ACCESS_KEY: setting(z.string(), {
    description: 'Secret of the access key.',
    expected: 'the secret of the access key',
    fallback: 'credentials of the machine (AWS chain)',
    secret: true,
  }),
  S3_FORCE_PATH_STYLE: setting(onOff, {
    description: 'Put the bucket into the path, as most S3-compatible servers want it.',
    expected: 'on or off',
    fallback: 'on with S3_ENDPOINT, else off',
  }),
  QIAO_METRICS_TOKEN: setting(z.string().min(16), {
    description: 'Opens `/metrics` to Prometheus, which sends it as a bearer token.',
    expected: 'at least 16 characters',
    fallback: '`/metrics` does not exist, because it tells how much goes on',
    secret: true,
  }),
  QIAO_SMTP_PORT: setting(wholeNumber(0, 65_535), {
    description: 'TCP port on which mail for the e-mail inboxes is taken; 0 takes a free one.',
    expected: 'a whole number from 0 to 65535',
    fallback: 'mail is fetched or handed over by providers only',
  }),
  QIAO_SMTP_TLS_KEY: setting(z.string(), {
    description: 'File with the private key (PEM) with which that mail may be encrypted on its way.',
    expected: 'a file',
    fallback: 'mail is taken unencrypted only',
  }),
  QIAO_SMTP_TLS_CERT: setting(z.string(), {
    description: 'File with the certificate (PEM, with its chain) of that key.',
    expected: 'a file',
    fallback: 'required with QIAO_SMTP_TLS_KEY',
  }),
  SMTP_URL: setting(url('smtp:', 'smtps:'), {
    description: 'Mail server for invitations, password resets and transcripts.',
    expected: 'an address such as smtps://user:password@host:465',
    fallback: 'no mail is sent; links are shown to the administrator',
    secret: true,
  }),
  MAIL_FROM: setting(z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/), {
    description: 'Sender of those mails.',
    expected: 'a mail address, such as Support <support@example.com>',
    fallback: 'required with SMTP_URL',
  }),
})

export type Settings = z.output<typeof settingsSchema>

export function settingMeta(name: string): SettingMeta {
  const shape: Record<string, z.ZodType> = settingsSchema.shape
  return metaSchema.parse(shape[name]?.meta())
}
