import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StartRefused } from './platform/start-refused.ts'
import { codeOf, messageOf } from './platform/thrown.ts'
import { settingMeta, settingsSchema, type Role, type Settings } from './settings.ts'

export type Config = Readonly<ReturnType<typeof toConfig>>
type Environment = Record<string, string | undefined>

/** The only reader of the environment. Throws `StartRefused` with one sentence for each wrong setting. */
export function readConfig(environment: Environment = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = settingsSchema.safeParse(given)
  const wrong = parsed.error?.issues.map((issue) => String(issue.path[0])) ?? []
  const complaints = [
    ...[...new Set(wrong)].map((name) => complain(name, given[name] ?? '')),
    ...unknownSettings(given),
    ...(parsed.success ? missingSettings(parsed.data) : []),
  ]
  if (!parsed.success || complaints.length > 0) throw new StartRefused(complaints.join('\n'))
  return deepFreeze(toConfig(parsed.data))
}

function complain(name: string, value: string): string {
  const meta = settingMeta(name)
  const shown = meta.secret ? 'has a value that is not usable' : `is "${value}"`
  return `The setting ${name} ${shown}, but must be ${meta.expected}.`
}

/** A misspelt name would silently fall back to the default, so names that claim to be ours must exist. */
function unknownSettings(given: Environment): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('QIAO_') && !(name in settingsSchema.shape))
    .map((name) => `The setting ${name} does not exist; docs/operations/settings.md lists those that do.`)
}

function missingSettings(settings: Settings): string[] {
  const missing: string[] = []
  const demand = (name: keyof Settings, when: string) => {
    if (settings[name] === undefined) {
      missing.push(`The setting ${name} is missing: with ${when} it must be ${settingMeta(name).expected}.`)
    }
  }
  if (settings.REDIS_URL) demand('QIAO_SECRET', 'REDIS_URL (several processes share it)')
  else if (settings.NODE_ENV === 'production' && settings.DATABASE_URL)
    demand('QIAO_SECRET', 'DATABASE_URL in production')
  if (settings.QIAO_STORAGE === 's3') demand('S3_BUCKET', 'QIAO_STORAGE=s3')
  if (settings.S3_ACCESS_KEY_ID) demand('S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID')
  if (settings.S3_SECRET_ACCESS_KEY) demand('S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY')
  if (settings.QIAO_SMTP_TLS_KEY) demand('QIAO_SMTP_TLS_CERT', 'QIAO_SMTP_TLS_KEY')
  if (settings.QIAO_SMTP_TLS_CERT) demand('QIAO_SMTP_TLS_KEY', 'QIAO_SMTP_TLS_CERT')
  if (settings.SMTP_URL) demand('MAIL_FROM', 'SMTP_URL')
  return missing
}

function toConfig(settings: Settings) {
  const environment = settings.NODE_ENV ?? 'development'
  const port = settings.PORT ?? 3000
  const dataDir = resolve(settings.QIAO_DATA_DIR ?? 'data')
  return {
    environment,
    host: settings.HOST ?? '127.0.0.1',
    port,
    /** Public address without a trailing slash. */
    url: new URL(settings.QIAO_URL ?? `http://localhost:${port}`).origin,
    dataDir,
    secret: settings.QIAO_SECRET ?? ownSecret(dataDir),
    roles: settings.QIAO_ROLES ?? (['web', 'worker', 'router'] satisfies Role[]),
    demo: settings.QIAO_DEMO ?? (environment !== 'production' && !settings.DATABASE_URL),
    trustProxy: settings.QIAO_TRUST_PROXY ?? false,
    allowPrivateTargets: settings.QIAO_ALLOW_PRIVATE_TARGETS ?? false,
    metricsToken: settings.QIAO_METRICS_TOKEN,
    logLevel: settings.LOG_LEVEL ?? ('info' as const),
    /** Without a `url` the embedded PostgreSQL is used. */
    database: { url: settings.DATABASE_URL, poolSize: settings.DATABASE_POOL_SIZE ?? 20 },
    redisUrl: settings.REDIS_URL,
    /** Where mail is taken; null: nowhere. */
    smtp: settings.QIAO_SMTP_PORT === undefined ? null : smtpConfig(settings, settings.QIAO_SMTP_PORT),
    storage: storageConfig(settings, dataDir),
    mail: settings.SMTP_URL ? { smtpUrl: settings.SMTP_URL, from: settings.MAIL_FROM ?? '' } : undefined,
  }
}

function smtpConfig({ QIAO_SMTP_TLS_KEY: key, QIAO_SMTP_TLS_CERT: cert }: Settings, port: number) {
  return { port, tls: key && cert ? { key, cert } : null }
}

function storageConfig(settings: Settings, dataDir: string) {
  if (settings.QIAO_STORAGE !== 's3') return { kind: 'disk' as const, folder: join(dataDir, 'files') }
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = settings
  return {
    kind: 's3' as const,
    endpoint: settings.S3_ENDPOINT,
    region: settings.S3_REGION ?? 'us-east-1',
    bucket: settings.S3_BUCKET ?? '',
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    forcePathStyle: settings.S3_FORCE_PATH_STYLE ?? settings.S3_ENDPOINT !== undefined,
  }
}

/** Made once and then kept: with another secret nobody is signed in and the credentials of channels are unreadable. */
function ownSecret(dataDir: string): string {
  const file = join(dataDir, 'secret')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (error) {
    throw new StartRefused(`The data folder ${dataDir} (QIAO_DATA_DIR) cannot be used: ${messageOf(error)}.`)
  }
  throw new StartRefused(`${file} is damaged: put the secret of your backup back, or remove the file for a new one.`)
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
