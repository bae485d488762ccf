/**
 * Why something cannot be done or was not. The code chooses the words that people read; `detail` and `providerCode` are
 * the provider's own, for those who look closer, and never hold a secret.
 */
export const problemCodes = [
  'window-closed',
  'quota-used',
  'opted-out',
  'blocked-us',
  'unreachable',
  'address-unknown',
  'not-permitted',
  'credentials-refused',
  'account-restricted',
  'payment-needed',
  'content-refused',
  'too-long',
  'too-large',
  'media-refused',
  'media-gone',
  'template-refused',
  'unsupported',
  'rate-limited',
  'provider-failed',
  'no-answer',
  'not-connected',
  'callback-wrong',
] as const
export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  code: ProblemCode
  detail?: string
  providerCode?: string
}
