import type { GetObjectCommandOutput, S3ClientConfig } from '@aws-sdk/client-s3'
import { readAddresses } from '@qiao/mail'
import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Completed, Context, RawEvent } from '../contract.ts'
import type { Http } from '../http.ts'
import type { Json } from '../json.ts'
import type { Problem } from '../problem.ts'
import { toJson } from '../without-undefined.ts'
import { mailAddress } from './address.ts'
import type { Config } from './config.ts'
import { takeMail } from './intake.ts'
import { sesReceipt, sesSender } from './service-verdicts.ts'
import type { Resolve } from './trust.ts'

/** Of larger mails only the beginning is read for its headers; SES itself takes 40 MB. */
export const largestObject = 64 * 1024 * 1024
const mostHeaders = 1024 * 1024

/** The action “S3” tells where it has put the mail. https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-s3.html */
const inBucket = z.object({ type: z.literal('S3'), bucketName: z.string().min(1), objectKey: z.string().min(1) })
const told = z.object({
  mail: z.object({
    timestamp: z.iso.datetime(),
    source: z.string().catch(''),
    commonHeaders: z.object({ from: z.array(z.string()) }).catch({ from: [] }),
  }),
  receipt: z.object({ action: inBucket }),
})

/** What is stored until the mail is fetched. */
const waiting = z.object({
  kind: z.literal('in-s3'),
  at: z.iso.datetime(),
  bucket: z.string(),
  key: z.string(),
  source: z.string(),
  receipt: sesReceipt,
})

/** A notification about a mail in a bucket, as an event that only names it; null for any other. */
export function namedInBucket(message: Json | undefined): RawEvent | null {
  const parsed = told.safeParse(message)
  if (!parsed.success) return null
  const { mail, receipt } = parsed.data
  const { bucketName: bucket, objectKey: key } = receipt.action
  const [from] = readAddresses(mail.commonHeaders.from[0] ?? mail.source)
  const verdicts = z.object({ receipt: sesReceipt }).parse(message)
  return {
    id: `s3:${bucket}/${key}`.slice(0, 1_000),
    orderKey: mailAddress(from?.address ?? '') ?? 'nobody',
    position: Date.parse(mail.timestamp),
    data: toJson({ kind: 'in-s3', at: mail.timestamp, bucket, key, source: mail.source, receipt: verdicts.receipt }),
  }
}

/** Fetches the mail and reads it, as when it is in the notification itself. Null: it is no mail in a bucket. */
export async function completeFromS3(
  data: Json,
  context: Context<Config>,
  resolve: Resolve,
): Promise<Completed | null> {
  const parsed = waiting.safeParse(data)
  if (!parsed.success) return null
  const { at, source, receipt } = parsed.data
  const found = await fetchObject(parsed.data, context)
  if ('code' in found)
    return { kind: 'retry', afterMs: found.code === 'credentials-refused' ? 60_000 : null, problem: found }
  const { raw, isCut } = found
  const { remoteAddress, helo, told: checks } = sesSender(raw, source, receipt)
  const envelope = { from: source, to: receipt.recipients, remoteAddress, helo }
  const arrival = { raw, receivedAt: new Date(at), number: 0, envelope, told: checks }
  const event = await takeMail(isCut ? { ...arrival, headersOnly: true } : arrival, context, resolve)
  return { kind: 'completed', data: event.data }
}

interface Found {
  raw: Buffer
  /** There is more of it. */
  isCut: boolean
}

async function fetchObject(
  { bucket, key }: Pick<z.infer<typeof waiting>, 'bucket' | 'key'>,
  context: Context<Config>,
): Promise<Found | Problem> {
  const { config } = context
  // Whoever may write to the topic must not choose what is read with our key.
  if (bucket !== config.s3Bucket)
    return { code: 'mail-incomplete', detail: `It is in another bucket: ${bucket.slice(0, 100)}` }
  // Loaded when the first mail is fetched so: most mailboxes never need it.
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3')
  const client = new S3Client(connectionOf(config, context.http))
  const read = async (most: number): Promise<Found | Problem> =>
    foundIn(await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=0-${most - 1}` })), most)
  try {
    const whole = await read(largestObject)
    if ('code' in whole || !whole.isCut) return whole
    return await read(mostHeaders)
  } catch (error) {
    return problemOf(error)
  } finally {
    client.destroy()
  }
}

async function foundIn(
  { Metadata = {}, Body, ContentRange = '' }: GetObjectCommandOutput,
  most: number,
): Promise<Found | Problem> {
  if (Metadata['x-amz-key-v2'] !== undefined)
    return {
      code: 'mail-incomplete',
      detail: 'SES encrypted it: the action has to store mail without “message encryption”',
    }
  const raw = Buffer.from((await Body?.transformToByteArray()) ?? [])
  return { raw, isCut: Number(/\/(\d+)$/u.exec(ContentRange)?.[1] ?? raw.length) > most }
}

/** Asks by the guarded client: its addresses are checked, its answers bounded and its waits limited like all others. */
function connectionOf(config: Config, http: Http): S3ClientConfig {
  const { s3Endpoint, s3AccessKeyId, s3SecretAccessKey = '' } = config
  return {
    region: config.s3Region || regionOf(config.topicArn),
    credentials: { accessKeyId: s3AccessKeyId, secretAccessKey: s3SecretAccessKey },
    ...(s3Endpoint === '' ? {} : { endpoint: s3Endpoint, forcePathStyle: true }),
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Events are tried again by the server, and told of meanwhile.
    maxAttempts: 1,
    requestHandler: { handle: (request: AwsRequest) => ask(request, http) },
  }
}

interface AwsRequest {
  protocol: string
  hostname: string
  port?: number | undefined
  path: string
  query?: Record<string, string | string[] | null> | undefined
  headers: Record<string, string>
}

async function ask({ protocol, hostname, port, path, query = {}, headers }: AwsRequest, http: Http) {
  const url = new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}`)
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value ?? '']) url.searchParams.append(name, each)
  const answer = await http(url.href, { headers, maxBytes: largestObject + 1_024, timeoutMs: 60_000 })
  if (answer.kind === 'silence') throw new Silence(answer.reason)
  const { status: statusCode, headers: given, body } = answer
  return { response: { statusCode, headers: given, body: Readable.from([body]) } }
}

class Silence extends Error {}

/** `arn:aws:sns:eu-west-1:1:mail` */
const regionOf = (topicArn: string): string => topicArn.split(':')[3] || 'us-east-1'

const problems = new Map<number, Problem['code']>([
  [403, 'credentials-refused'],
  [404, 'media-gone'],
])
const answered = z.object({ name: z.string(), $metadata: z.object({ httpStatusCode: z.number() }) })
function problemOf(error: unknown): Problem {
  const answer = answered.safeParse(error).data
  if (!answer) return { code: 'no-answer', detail: error instanceof Error ? error.message.slice(0, 300) : 'S3' }
  const { httpStatusCode: status } = answer.$metadata
  return { code: problems.get(status) ?? 'provider-failed', detail: `S3: ${answer.name}`, providerCode: String(status) }
}
