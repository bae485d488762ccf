import type { Context, MediaResult } from '../contract.ts'
import type { MediaReference } from '../events.ts'
import { authorization } from './api.ts'
import type { Config } from './config.ts'

const mostRedirects = 3
const largest = 25_000_000

/** Twilio wants the account's password and then leads to where the bytes are, which must not see it. */
export async function fetchMedia({ url = '', name }: MediaReference, context: Context<Config>): Promise<MediaResult> {
  let address = URL.parse(url)
  for (let step = 0; address && step <= mostRedirects; step += 1) {
    const answer = await context.http(address.href, {
      headers: step === 0 && isTwilio(address, context.config) ? { authorization: authorization(context.config) } : {},
      maxBytes: largest,
      timeoutMs: 60_000,
    })
    if (answer.kind === 'silence') return { kind: 'retry', afterMs: null, problem: { code: 'no-answer' } }
    const { status, headers, body } = answer
    if (status === 200) {
      const mime = headers['content-type']
      return { kind: 'fetched', bytes: body, ...(mime ? { mime } : {}), ...(name ? { name } : {}) }
    }
    if (status < 300 || status >= 400) return failed(status)
    address = URL.parse(headers.location ?? '', address.href)
  }
  return { kind: 'gone', problem: { code: 'media-gone', detail: 'It leads nowhere' } }
}

function failed(status: number): MediaResult {
  const providerCode = `HTTP ${status}`
  if (status === 404 || status === 410) return { kind: 'gone', problem: { code: 'media-gone', providerCode } }
  // A refused password is mended by people; the file stays until somebody deletes it.
  return status === 401
    ? { kind: 'retry', afterMs: 300_000, problem: { code: 'credentials-refused', providerCode } }
    : { kind: 'retry', afterMs: null, problem: { code: 'provider-failed', providerCode } }
}

const isTwilio = ({ origin, protocol, hostname }: URL, { apiUrl }: Config): boolean =>
  origin === new URL(apiUrl).origin || (protocol === 'https:' && hostname.endsWith('.twilio.com'))
