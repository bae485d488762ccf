/**
 * The part of better-auth's HTTP interface that the workspace uses (better-auth 1.7, mounted at /api/auth). Its answers
 * are not problem documents, so its errors have a class and words of their own.
 */
export type AuthErrorCode =
  | 'wrong-credentials'
  | 'wrong-password'
  | 'wrong-code'
  | 'challenge-expired'
  | 'too-many-codes'
  | 'locked'
  | 'account-disabled'
  | 'link-invalid'
  | 'password-short'
  | 'password-long'
  | 'mail-disabled'
  | 'not-signed-in'
  | 'rate-limited'
  | 'origin-refused'
  | 'network'
  | 'failed'

export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: AuthErrorCode
  readonly retryAfterSeconds: number | null
  constructor(code: AuthErrorCode, retryAfterSeconds: number | null = null) {
    super(code)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const codes: Record<string, AuthErrorCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-credentials',
  INVALID_EMAIL: 'wrong-credentials',
  USER_NOT_FOUND: 'wrong-credentials',
  INVALID_PASSWORD: 'wrong-password',
  INVALID_CODE: 'wrong-code',
  INVALID_BACKUP_CODE: 'wrong-code',
  INVALID_TWO_FACTOR_COOKIE: 'challenge-expired',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'too-many-codes',
  ACCOUNT_TEMPORARILY_LOCKED: 'locked',
  BANNED_USER: 'account-disabled',
  ACCOUNT_DISABLED: 'account-disabled',
  INVALID_TOKEN: 'link-invalid',
  TOKEN_EXPIRED: 'link-invalid',
  PASSWORD_TOO_SHORT: 'password-short',
  PASSWORD_TOO_LONG: 'password-long',
  RESET_PASSWORD_DISABLED: 'mail-disabled',
  INVALID_ORIGIN: 'origin-refused',
  MISSING_OR_NULL_ORIGIN: 'origin-refused',
  'origin-refused': 'origin-refused',
  UNAUTHORIZED: 'not-signed-in',
  SESSION_EXPIRED: 'not-signed-in',
}

export function authErrorCode(status: number, code: string | undefined): AuthErrorCode {
  const known = code === undefined ? undefined : codes[code]
  if (known) return known
  if (status === 429) return 'rate-limited'
  return status === 401 ? 'not-signed-in' : 'failed'
}

interface AuthAnswer {
  code?: string
  twoFactorRedirect?: boolean
  totpURI?: string
  backupCodes?: string[]
  status?: boolean
}

const toAnswer = (body: unknown): AuthAnswer => (typeof body === 'object' && body !== null ? body : {})

async function authCall(path: `/${string}`, body: Record<string, unknown>): Promise<AuthAnswer> {
  let response: Response
  try {
    response = await fetch(`/api/auth${path}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new AuthError('network')
  }
  const answer = toAnswer(await response.json().catch(() => null))
  if (response.ok) return answer
  const wait = Number(response.headers.get('retry-after') ?? response.headers.get('x-retry-after'))
  throw new AuthError(authErrorCode(response.status, answer.code), wait > 0 ? wait : null)
}

/** `second-step` asks for a code; the server remembers who by a short-lived cookie. */
export async function signIn(email: string, password: string, rememberMe: boolean): Promise<'done' | 'second-step'> {
  const answer = await authCall('/sign-in/email', { email, password, rememberMe })
  return answer.twoFactorRedirect ? 'second-step' : 'done'
}
export const verifyTotp = (code: string, trustDevice = false) =>
  authCall('/two-factor/verify-totp', { code, trustDevice })
export const verifyBackupCode = (code: string, trustDevice = false) =>
  authCall('/two-factor/verify-backup-code', { code, trustDevice })

export async function enableTwoFactor(password: string): Promise<{ uri: string; backupCodes: string[] }> {
  const answer = await authCall('/two-factor/enable', { password })
  return { uri: answer.totpURI ?? '', backupCodes: answer.backupCodes ?? [] }
}
export const disableTwoFactor = (password: string) => authCall('/two-factor/disable', { password })
export const newBackupCodes = async (password: string): Promise<string[]> =>
  (await authCall('/two-factor/generate-backup-codes', { password })).backupCodes ?? []

/** Ends the sessions of all other devices. */
export const changePassword = (currentPassword: string, newPassword: string) =>
  authCall('/change-password', { currentPassword, newPassword })
export const requestPasswordReset = (email: string) => authCall('/request-password-reset', { email })
export const resetPassword = (token: string, newPassword: string) => authCall('/reset-password', { token, newPassword })
