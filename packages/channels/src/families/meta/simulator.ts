import { createHmac } from 'node:crypto'
import type { RawResponse } from '../../contract.ts'
import { isObject, type JsonObject } from '../../json.ts'
import { signatureOf } from './webhook.ts'
import type { ApiRequest, Delivery } from '../../simulator.ts'

/** What the simulators of Meta's products share: how it signs, how it refuses, how it asks whether a callback answers. */

/** Meta escapes slashes and everything that is not ASCII before it signs. */
export const asMetaWrites = (body: object): string =>
  JSON.stringify(body)
    .replaceAll('/', String.raw`\/`)
    .replace(/[^\0-\x7F]/gu, (letters) =>
      Array.from({ length: letters.length }, (_, at) => letters.charCodeAt(at))
        .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
        .join(''),
    )

export function signedDelivery(url: string, body: object, appSecret: string): Delivery {
  const written = asMetaWrites(body)
  return {
    url,
    body: written,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signatureOf(Buffer.from(written), appSecret)}`,
    },
  }
}

export interface Refusal {
  status: number
  code: number
  subcode?: number
  message: string
  details?: string
}
export const refuse = (code: number, message: string, status = 400, details?: string): Refusal => ({
  status,
  code,
  message,
  ...(details ? { details } : {}),
})
export const isRefusal = (value: object | null): value is Refusal =>
  value !== null && 'code' in value && 'status' in value && 'message' in value

export const refusalAnswer = ({ status, code, subcode, message, details }: Refusal): RawResponse =>
  jsonAnswer(status, {
    error: {
      message: `(#${code}) ${message}`,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(details ? { error_data: { messaging_product: 'whatsapp', details } } : {}),
      fbtrace_id: 'AbcDefGhiJkl',
    },
  })

export const jsonAnswer = (status: number, body: object): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=UTF-8' },
  body: JSON.stringify(body),
})

export function tokenOf({ headers, url }: ApiRequest): string | undefined {
  return (
    /^(?:Bearer|OAuth) (.+)$/.exec(headers.authorization ?? '')?.[1] ??
    url.searchParams.get('access_token') ??
    undefined
  )
}

/** The token is of this account and alive, and the proof, where one is given, was made with the secret of its app. */
export function refusedToken(request: ApiRequest, accessToken: string, appSecret: string, expired: boolean) {
  const token = tokenOf(request)
  if (token !== accessToken) return refuse(190, `Malformed access token ${token ?? ''}`, 401)
  if (expired) {
    return { ...refuse(190, 'Error validating access token: Session has expired', 401), subcode: 463 }
  }
  const proof = request.url.searchParams.get('appsecret_proof')
  const wanted = createHmac('sha256', appSecret).update(accessToken).digest('hex')
  return proof !== null && proof !== wanted ? refuse(100, 'Invalid appsecret_proof provided in the API argument') : null
}

/** As the webhook page does: a challenge that has to come back. */
export async function callbackAnswers(callbackUrl: string, verifyToken: string): Promise<boolean> {
  const url = new URL(callbackUrl)
  const challenge = String(Math.floor(Math.random() * 1e9))
  url.searchParams.set('hub.mode', 'subscribe')
  url.searchParams.set('hub.verify_token', verifyToken)
  url.searchParams.set('hub.challenge', challenge)
  const response = await fetch(url).catch(() => null)
  return response?.status === 200 && (await response.text()) === challenge
}

export function jsonOf(body: Buffer): JsonObject {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return isObject(parsed) ? JSON.parse(body.toString('utf8')) : {}
  } catch {
    return {}
  }
}

export interface UploadedFile {
  fields: Readonly<Record<string, string>>
  file: { bytes: Buffer; mime: string; name: string } | null
}

export function readMultipart({ headers, body }: ApiRequest): UploadedFile {
  const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? ''
  const fields: Record<string, string> = {}
  let file: UploadedFile['file'] = null
  const text = body.toString('latin1')
  for (const piece of text.split(`--${boundary}`).slice(1, -1)) {
    const split = piece.indexOf('\r\n\r\n')
    const head = Buffer.from(piece.slice(0, split), 'latin1').toString('utf8')
    const content = Buffer.from(piece.slice(split + 4, -2), 'latin1')
    const name = /name="([^"]*)"/.exec(head)?.[1] ?? ''
    const fileName = /filename="([^"]*)"/.exec(head)?.[1]
    if (fileName === undefined) fields[name] = content.toString('utf8')
    else file = { bytes: content, name: fileName, mime: /Content-Type: (\S.*)/i.exec(head)?.[1] ?? '' }
  }
  return { fields, file }
}

/** So many at once, one more each `refillMs`. */
export function createBucket(size: number, refillMs: number, now: () => Date) {
  let left = size
  let at = now().getTime()
  return function take(): boolean {
    // A clock that was put back begins anew.
    at = Math.min(at, now().getTime())
    const passed = Math.floor((now().getTime() - at) / refillMs)
    left = Math.min(size, left + passed)
    at += passed * refillMs
    if (left < 1) return false
    left -= 1
    return true
  }
}
