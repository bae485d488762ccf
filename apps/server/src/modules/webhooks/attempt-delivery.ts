import { AppError } from '#platform/errors'
import type { SafeFetch, SafeResponse } from '#platform/safe-fetch'
import { messageOf } from '#platform/thrown'
import { readRetryAfter } from './retry-schedule.ts'
import { signatureHeaders } from '#platform/webhook-signature'

export interface Endpoint {
  url: string
  secrets: readonly string[]
}

export interface Outcome {
  result: 'delivered' | 'gone' | 'failed'
  /** null: nobody answered. */
  status: number | null
  error: string | null
  response: string | null
  retryAfterMs: number
}

const timeoutMs = 15_000
const keptBytes = 2048

/** One request. Whatever happens is a value: only a bug throws. */
export async function attemptDelivery(
  safeFetch: SafeFetch,
  endpoint: Endpoint,
  message: { id: string; body: string },
  now: Date,
): Promise<Outcome> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Qiao-Webhooks/1',
    ...signatureHeaders(endpoint.secrets, { ...message, at: now }),
  }
  const options = { method: 'POST', headers, body: message.body, timeoutMs, maxBytes: keptBytes } as const
  try {
    return judge(await safeFetch(endpoint.url, options), now)
  } catch (error) {
    return { result: 'failed', status: null, error: describe(error), response: null, retryAfterMs: 0 }
  }
}

function judge({ status, headers, body }: SafeResponse, now: Date): Outcome {
  const response = withoutNul(body)
  if (status >= 200 && status < 300) {
    return { result: 'delivered', status, error: null, response, retryAfterMs: 0 }
  }
  return {
    // 410: the receiver is gone for good and says so.
    result: status === 410 ? 'gone' : 'failed',
    status,
    error: status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`,
    response,
    retryAfterMs: readRetryAfter(headers['retry-after'], now),
  }
}

/** PostgreSQL cannot keep U+0000, and a receiver may answer anything. */
const withoutNul = (body: Buffer): string => body.toString('utf8').replaceAll('\u0000', '\uFFFD')

function describe(error: unknown): string {
  if (error instanceof AppError) return error.message
  if (error instanceof Error && error.name === 'TimeoutError') return `No answer within ${timeoutMs / 1000} s`
  return messageOf(error).slice(0, 500) || 'No connection'
}
