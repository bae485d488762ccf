import { isObject } from '../json.ts'
import { ruleOf, type Rules } from '../families/meta/graph.ts'
import type { Problem } from '../problem.ts'

/**
 * By code, not by title: titles change. Unlisted ones fall back to those that all of Meta's products have.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes (2026-05-15)
 */
export const rules: Rules = {
  80007: ['retry', 'rate-limited', 60_000],
  130429: ['retry', 'rate-limited', 1_000],
  // One message in six seconds to one customer, once the burst is used up.
  131056: ['retry', 'rate-limited', 6_000],
  131048: ['retry', 'rate-limited', 3_600_000],
  131064: ['retry', 'rate-limited', 3_600_000],
  133016: ['retry', 'rate-limited', 3_600_000],
  131000: ['retry', 'provider-failed'],
  131016: ['retry', 'provider-failed'],
  131057: ['retry', 'provider-failed', 300_000],
  131047: ['rejected', 'window-closed'],
  131026: ['rejected', 'unreachable'],
  130472: ['rejected', 'unreachable'],
  131021: ['rejected', 'address-unknown'],
  137000: ['rejected', 'address-unknown'],
  // Both are of advertising alone.
  131049: ['rejected', 'quota-used'],
  131050: ['rejected', 'notice-unwanted'],
  131005: ['rejected', 'not-permitted'],
  131030: ['rejected', 'not-permitted'],
  131063: ['rejected', 'not-permitted'],
  130497: ['rejected', 'not-permitted'],
  131031: ['rejected', 'account-restricted'],
  131037: ['rejected', 'account-restricted'],
  131042: ['rejected', 'payment-needed'],
  131045: ['rejected', 'not-connected'],
  133010: ['rejected', 'not-connected'],
  131008: ['rejected', 'content-refused'],
  131009: ['rejected', 'content-refused'],
  135000: ['rejected', 'content-refused'],
  131051: ['rejected', 'unsupported'],
  131062: ['rejected', 'unsupported'],
  131052: ['rejected', 'media-refused'],
  131053: ['rejected', 'media-refused'],
  ...Object.fromEntries(
    [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069].map((code) => [
      code,
      ['rejected', 'template-refused'] as const,
    ]),
  ),
}

/** Errors in webhooks have no status: the code says it all. */
export function problemOfCode(error: {
  code: number
  title?: string
  message?: string
  error_data?: unknown
}): Problem {
  const details = isObject(error.error_data) ? error.error_data.details : undefined
  const detail = typeof details === 'string' ? details : error.message || error.title
  return {
    code: ruleOf({ status: 400, code: error.code, subcode: null }, rules)[1],
    ...(detail ? { detail } : {}),
    providerCode: String(error.code),
  }
}
