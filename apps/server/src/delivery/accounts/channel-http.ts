import type { Http } from '@qiao/channels'
import { AppError } from '#platform/errors'
import type { SafeFetch } from '#platform/safe-fetch'
import { codeOf, messageOf } from '#platform/thrown'

/**
 * Errors of name, route, connection and TLS handshake: nothing of the request had left. With any other the provider may
 * have it, also when a kept-alive connection broke.
 */
const beforeWriting = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** The guarded client of the server in the words of the channels' contract: whatever happens is a value. */
export function channelHttp(send: SafeFetch, clean: (text: string) => string, signal?: AbortSignal): Http {
  return async (url, request) => {
    try {
      const { status, headers, body, truncated } = await send(url, { ...request, signal })
      if (truncated) return { kind: 'silence', written: true, reason: 'The answer is longer than allowed' }
      return { kind: 'answer', status, headers, body }
    } catch (error) {
      const code = codeOf(error) ?? ''
      const written = !(error instanceof AppError) && !beforeWriting.has(code)
      return { kind: 'silence', written, reason: clean(`${code} ${messageOf(error)}`.trim()).slice(0, 300) }
    }
  }
}
