import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import S3rver from 's3rver'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Accepted, Http, RawEvent } from '../contract.ts'
import { plainHttp, testContext } from '../test-context.ts'
import { accept } from './accept.ts'
import type { Config } from './config.ts'
import { handedBy, noRecords, now, postOf } from './fixtures.ts'
import { emailWith } from './index.ts'
import { largestObject } from './ses-object.ts'
import { plainMail } from './testing/mails.ts'

const email = emailWith(noRecords)
const topicArn = 'arn:aws:sns:eu-west-1:1:mail'
const bucket = 'incoming'
const ends: (() => Promise<unknown>)[] = []
let [endpoint, put] = [
  '',
  async (_key: string, _bytes: Buffer, _metadata: Record<string, string> = {}): Promise<void> => undefined,
]
beforeAll(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'qiao-s3-'))
  const configureBuckets = [{ name: bucket, configs: [] }]
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets })
  const { port } = await server.run()
  endpoint = `http://127.0.0.1:${port}`
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
  const client = new S3Client({ region: 'eu-west-1', endpoint, credentials, forcePathStyle: true })
  put = async (Key, Body, Metadata) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, Metadata }))
  }
  ends.push(
    async () => client.destroy(),
    () => server.close(),
    () => rm(directory, { recursive: true }),
  )
})
afterAll(async () => {
  for (const end of ends) await end()
})

const settings = (changes: Partial<Config> = {}): Config =>
  handedBy('ses', {
    topicArn,
    s3Bucket: bucket,
    s3AccessKeyId: 'S3RVER',
    s3SecretAccessKey: 'S3RVER',
    s3Endpoint: endpoint,
    ...changes,
  })

/** As SES tells of a mail that it has stored. */
const notice = (objectKey: string, { bucketName = bucket, config = settings() } = {}): Accepted => {
  const Message = JSON.stringify({
    notificationType: 'Received',
    mail: {
      timestamp: '2026-01-05T08:00:00.000Z',
      source: 'bounce+1@customer.example',
      messageId: objectKey,
      commonHeaders: { from: ['Fang <Fang@customer.example>'] },
    },
    receipt: {
      recipients: ['help@shop.example'],
      spfVerdict: { status: 'PASS' },
      dmarcVerdict: { status: 'PASS' },
      action: { type: 'S3', topicArn, bucketName, objectKeyPrefix: '', objectKey },
    },
  })
  const body = Buffer.from(JSON.stringify({ Type: 'Notification', TopicArn: topicArn, Message }))
  return accept(postOf(body, 'text/plain'), config, now)
}
function eventOf(accepted: Accepted): RawEvent {
  const [event] = accepted.kind === 'accepted' ? accepted.events : []
  if (!event) throw new Error(JSON.stringify(accepted))
  return event
}
const complete = async (event: RawEvent, config = settings(), http: Http = plainHttp) =>
  email.complete?.(event.data, testContext(config, { http }))

test('a mail that SES has stored in S3 is fetched and read as one that is in the notification', async () => {
  await put('mails/first', plainMail())
  const event = eventOf(notice('mails/first'))
  expect(event).toMatchObject({ id: `s3:${bucket}/mails/first`, orderKey: 'fang@customer.example' })
  expect(eventOf(notice('mails/first'))).toEqual(event)
  const completed = await complete(event)
  expect(completed?.kind).toBe('completed')
  if (completed?.kind !== 'completed') return
  expect(email.normalise(completed.data, settings())).toMatchObject([
    {
      kind: 'message',
      at: '2026-01-05T08:00:00.000Z',
      from: { address: expect.stringContaining('@') },
      content: { type: 'mail' },
    },
  ])
  // What is complete is left alone.
  expect(await email.complete?.(completed.data, testContext(settings()))).toBeNull()
})

test('what is not there yet, refused, elsewhere or encrypted says so and is tried again; at last it is shown', async () => {
  const problemOf = async (event: RawEvent, config?: Config, http?: Http) => {
    const answer = await complete(event, config, http)
    return answer?.kind === 'retry' ? answer.problem : answer
  }
  const missing = eventOf(notice('mails/missing'))
  expect(await problemOf(missing)).toMatchObject({ code: 'media-gone', providerCode: '404' })
  expect(email.normalise(missing.data, settings())).toMatchObject([
    { kind: 'unknown', summary: `The mail could not be fetched from S3: ${bucket}/mails/missing` },
  ])
  expect(await problemOf(missing, settings({ s3AccessKeyId: 'nobody' }))).toMatchObject({
    code: 'credentials-refused',
  })
  expect(await problemOf(eventOf(notice('mails/first', { bucketName: 'other' })))).toMatchObject({
    code: 'mail-incomplete',
  })
  await put('mails/sealed', plainMail(), { 'x-amz-key-v2': 'abc' })
  expect(await problemOf(eventOf(notice('mails/sealed')))).toMatchObject({ code: 'mail-incomplete' })
  const silent: Http = async () => ({ kind: 'silence', written: false, reason: 'Private addresses are not asked' })
  expect(await problemOf(missing, settings(), silent)).toEqual({
    code: 'no-answer',
    detail: 'Private addresses are not asked',
  })
  expect(notice('mails/first', { config: settings({ s3Bucket: '' }) })).toMatchObject({
    kind: 'refused',
    problem: { code: 'mail-incomplete' },
  })
})

test('of one that is larger than allowed only the headers are read, and never more than so many bytes asked for', async () => {
  const asked: (number | undefined)[] = []
  const ranges: (string | undefined)[] = []
  const completed = await complete(eventOf(notice('mails/first')), settings(), async (url, request) => {
    asked.push(request.maxBytes)
    ranges.push(request.headers?.['range'])
    const answer = await plainHttp(url, request)
    // There is more of it than was sent.
    return answer.kind === 'answer'
      ? { ...answer, headers: { ...answer.headers, 'content-range': `bytes 0-9/${largestObject + 1}` } }
      : answer
  })
  if (completed?.kind !== 'completed') throw new Error(JSON.stringify(completed))
  expect(email.normalise(completed.data, settings())).toMatchObject([
    { kind: 'message', content: { warnings: expect.arrayContaining(['cut-size']) } },
  ])
  expect(ranges).toEqual([`bytes=0-${largestObject - 1}`, 'bytes=0-1048575'])
  expect(Math.max(...asked.map((bytes) => bytes ?? Infinity))).toBeLessThan(largestObject + 2_000)
})
