/**
 * The paths of the sign-in library that are open, all POST with JSON. Everything else that it knows (sign-up, changing
 * the address, social accounts) stays unreachable. `signed-in` asks for the password again, so guesses are counted.
 */
export const authPaths = [
  { path: '/sign-in/email', kind: 'sign-in' },
  { path: '/sign-out', kind: 'free' },
  { path: '/request-password-reset', kind: 'reset' },
  { path: '/reset-password', kind: 'free' },
  { path: '/change-password', kind: 'signed-in' },
  { path: '/two-factor/enable', kind: 'signed-in' },
  { path: '/two-factor/disable', kind: 'signed-in' },
  { path: '/two-factor/generate-backup-codes', kind: 'signed-in' },
  { path: '/two-factor/verify-totp', kind: 'free' },
  { path: '/two-factor/verify-backup-code', kind: 'free' },
] as const
export type AuthPath = (typeof authPaths)[number]['path']
export type PathKind = (typeof authPaths)[number]['kind']
