import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { StartRefused } from './platform/start-refused.ts'
import { messageOf } from './platform/thrown.ts'
import { settingMeta, settingsSchema } from './settings.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'qiao-config-'))
afterAll(() => rmSync(dataDir, { recursive: true }))
const secret = 'x'.repeat(32)
const read = (environment: Record<string, string | undefined>) =>
  readConfig({ QIAO_DATA_DIR: dataDir, QIAO_SECRET: secret, ...environment })

function refusal(environment: Record<string, string>): string {
  try {
    read(environment)
    return ''
  } catch (error) {
    return messageOf(error)
  }
}

test('nothing set gives a server on this machine with its own database', () => {
  expect(read({ PORT: '', PATH: '/bin' })).toEqual({
    environment: 'development',
    host: '127.0.0.1',
    port: 3000,
    url: 'http://localhost:3000',
    dataDir,
    secret,
    roles: ['web', 'worker', 'router'],
    demo: true,
    trustProxy: false,
    allowPrivateTargets: false,
    logLevel: 'info',
    database: { url: undefined, poolSize: 20 },
    redisUrl: undefined,
    smtp: null,
    storage: { kind: 'disk', folder: join(dataDir, 'files') },
    mail: undefined,
  })
})

test.each([
  ['PORT', 'http', 'The setting PORT is "http", but must be a whole number from 0 to 65535.'],
  ['PORT', '70000', 'The setting PORT is "70000", but must be a whole number from 0 to 65535.'],
  [
    'QIAO_URL',
    'https://a.example/chat',
    /QIAO_URL is "https:\/\/a.example\/chat", but must be an http or https address/,
  ],
  ['QIAO_ROLES', 'web,cook', /QIAO_ROLES is "web,cook", but must be a comma-separated list out of web, worker, router/],
  ['QIAO_DEMO', 'yes', 'The setting QIAO_DEMO is "yes", but must be on or off.'],
  ['QIAO_TRUST_PROXY', 'nginx', /QIAO_TRUST_PROXY is "nginx"/],
  ['QIAO_TRUST_PROXY', '10.0.0.0/8, cafe', /QIAO_TRUST_PROXY is "10.0.0.0\/8, cafe"/],
  ['QIAO_TRUST_PROXY', '10.0.0.0/33', /must be on, off, or a comma-separated list of IP addresses or networks/],
  ['QIAO_SECERT', secret, 'The setting QIAO_SECERT does not exist; docs/operations/settings.md lists those that do.'],
  ['QIAO_STORAGE', 's3', 'The setting S3_BUCKET is missing: with QIAO_STORAGE=s3 it must be the name of a bucket.'],
  ['SMTP_URL', 'smtp://mail.example', /MAIL_FROM is missing/],
  ['QIAO_SMTP_TLS_KEY', 'key.pem', /QIAO_SMTP_TLS_CERT is missing/],
  ['QIAO_SMTP_TLS_CERT', 'cert.pem', /QIAO_SMTP_TLS_KEY is missing/],
])('%s=%s is refused with a sentence', (name, value, message) => {
  expect(() => read({ [name]: value })).toThrow(message)
})

test('a wrong value of a secret setting is not repeated, and every complaint is listed', () => {
  const wrong = { QIAO_SECRET: 'hunter2', DATABASE_URL: 'mysql://u:hunter2@h/d', PORT: '-1' }
  expect(() => read(wrong)).toThrow(StartRefused)
  expect(refusal(wrong).split('\n')).toHaveLength(3)
  expect(refusal(wrong)).toContain('The setting QIAO_SECRET has a value that is not usable, but must be at least 32')
  expect(refusal(wrong)).not.toContain('hunter2')
})

test('a secret is generated once, readable by the owner alone', () => {
  const first = read({ QIAO_SECRET: undefined }).secret
  expect(first).toHaveLength(43)
  expect(read({ QIAO_SECRET: undefined }).secret).toBe(first)
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600)
  writeFileSync(join(dataDir, 'secret'), 'short')
  expect(() => read({ QIAO_SECRET: undefined })).toThrow(/secret is damaged/)
})

test('processes that share data must be given the secret', () => {
  const DATABASE_URL = 'postgresql://db/qiao'
  expect(() => read({ QIAO_SECRET: undefined, DATABASE_URL, NODE_ENV: 'production' })).toThrow(/QIAO_SECRET is missing/)
  expect(() => read({ QIAO_SECRET: undefined, REDIS_URL: 'redis://r' })).toThrow(/QIAO_SECRET is missing/)
  expect(read({ DATABASE_URL, NODE_ENV: 'production' })).toMatchObject({ demo: false, database: { url: DATABASE_URL } })
})

test('a data folder that cannot be made is a sentence, not a stack', () => {
  writeFileSync(join(dataDir, 'file'), '')
  const attempt = () => read({ QIAO_SECRET: undefined, QIAO_DATA_DIR: join(dataDir, 'file', 'data') })
  expect(attempt).toThrow(StartRefused)
  expect(attempt).toThrow(/cannot be used: ENOTDIR/)
})

test('lists and storage are read, and nothing can be changed later', () => {
  const config = read({
    QIAO_ROLES: 'worker, web,web',
    QIAO_TRUST_PROXY: '10.0.0.0/8, ::1',
    QIAO_STORAGE: 's3',
    S3_BUCKET: 'files',
    S3_ENDPOINT: 'http://127.0.0.1:9000',
    S3_ACCESS_KEY_ID: 'id',
    S3_SECRET_ACCESS_KEY: 'key',
    QIAO_URL: 'https://chat.example.com/',
  })
  expect(config).toMatchObject({
    roles: ['worker', 'web'],
    trustProxy: ['10.0.0.0/8', '::1'],
    url: 'https://chat.example.com',
    storage: { kind: 's3', forcePathStyle: true, credentials: { accessKeyId: 'id', secretAccessKey: 'key' } },
  })
  expect(() => Object.assign(config.database, { poolSize: 1 })).toThrow(TypeError)
})

test('every setting is documented', () => {
  for (const name of Object.keys(settingsSchema.shape)) {
    const { description, expected, fallback } = settingMeta(name)
    expect(description).toMatch(/^.+\.$/)
    expect(expected + fallback).not.toMatch(/\.$/)
  }
})
