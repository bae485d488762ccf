/**
 * Why something cannot be done or was not. The code chooses the words that people read; `detail` and `providerCode` are
 * the provider's own, for those who look closer, and never hold a secret.
 */
export const problemCodes = [
  'window-closed',
  'only-templates',
  'quota-used',
  /** One message waits for the customer's next call already, and each call takes one. */
  'answer-waits',
  /** People have the customer's session in the provider's own app. */
  'held-elsewhere',
  'opted-out',
  /** This kind of template, not messages as such. */
  'notice-unwanted',
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
  'mail-incomplete',
  'access-denied',
  'access-over',
  'access-failed',
  'redirect-refused',
] as const
export type ProblemCode = (typeof problemCodes)[number]

export interface Problem {
  code: ProblemCode
  detail?: string
  providerCode?: string
}
