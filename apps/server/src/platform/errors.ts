import type { ErrorCode, Problem } from '@qiao/protocol'
import { codeOf } from './thrown.ts'

/** Status by code; the record is exhaustive, so a new code cannot be forgotten. */
const statusByCode: Record<ErrorCode, number> = {
  'bad-request': 400,
  'malformed-json': 400,
  'invalid-input': 422,
  'payload-too-large': 413,
  'unsupported-media-type': 415,
  'not-signed-in': 401,
  'two-factor-required': 401,
  'session-expired': 401,
  'visitor-token-invalid': 401,
  'identity-invalid': 401,
  forbidden: 403,
  'origin-refused': 403,
  'identity-required': 403,
  'contact-blocked': 403,
  'domain-not-allowed': 403,
  'not-found': 404,
  'attachment-not-found': 404,
  conflict: 409,
  'changed-meanwhile': 409,
  'client-key-reused': 409,
  'setup-already-done': 409,
  'email-taken': 409,
  'last-admin': 409,
  'inbox-paused': 409,
  'conversation-closed': 409,
  'conversation-not-closed': 409,
  'conversation-not-snoozed': 409,
  'message-not-editable': 409,
  'message-recalled': 409,
  'survey-not-open': 409,
  'attachment-not-ready': 409,
  'invitation-invalid': 410,
  'text-too-long': 422,
  'assignee-not-eligible': 422,
  'team-not-found': 422,
  'snooze-in-past': 422,
  'attachment-kind-refused': 422,
  'attachment-too-large': 413,
  'target-url-refused': 422,
  'offer-over': 409,
  'queue-not-found': 422,
  'queue-not-empty': 409,
  'queue-full': 409,
  'not-waiting': 409,
  'wrap-up-over': 409,
  'disposition-needed': 422,
  'agent-not-available': 409,
  'over-capacity': 409,
  'consult-over': 409,
  'reply-window-closed': 409,
  'reply-quota-used': 409,
  'reply-waits-already': 409,
  'reply-held-elsewhere': 409,
  'session-over': 409,
  'session-busy': 409,
  'session-not-moved': 409,
  'reply-only-templates': 409,
  'customer-opted-out': 409,
  'promotion-unwanted': 409,
  'private-reply-used': 409,
  'private-reply-late': 409,
  'content-not-sendable': 422,
  'recipient-unreachable': 422,
  'merge-both-known': 409,
  'merge-one-blocked': 409,
  'merged-further': 409,
  'conversation-merged': 409,
  'conversation-split': 409,
  'merge-other-people': 409,
  'merge-other-way': 409,
  'bind-link-invalid': 409,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
}

interface ErrorDetails {
  /** For developers, in English; screens choose their own words by code. */
  detail?: string
  retryAfterSeconds?: number
  issues?: Problem['issues']
  cause?: unknown
}

/** A refusal with a meaning. Anything else that is thrown is a bug and answers `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.detail ?? code, { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.status = statusByCode[code]
    this.details = details
  }
}

export function toProblem(error: AppError, requestId?: string): Problem {
  const { detail, retryAfterSeconds, issues } = error.details
  return {
    type: `/api/docs#error-${error.code}`,
    title: error.code.replaceAll('-', ' '),
    status: error.status,
    code: error.code,
    ...(detail === undefined ? {} : { detail }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...(issues === undefined ? {} : { issues }),
  }
}

/** Long enough for a database that restarts; clients that ask again at once would only keep it from coming up. */
const databaseBackSeconds = 2

/** What is told of an error, whichever way the request came. `internal` is a bug, which the caller logs. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  // A value that the database cannot read as what it should be (class 22), such as a time in a made-up cursor.
  if (/^22\w{3}$/.test(codeOf(error) ?? '')) {
    return new AppError('bad-request', { detail: 'A value is not of the right kind', cause: error })
  }
  if (isDatabaseDown(error)) {
    return new AppError('unavailable', { retryAfterSeconds: databaseBackSeconds, cause: error })
  }
  return new AppError('internal', { cause: error })
}

/** Connection refused, reset, or PostgreSQL shutting down or starting up (class 57P, 08). */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return (
    /^(57P0[1-4]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/.test(codeOf(error) ?? '') ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(
      error.message,
    )
  )
}
