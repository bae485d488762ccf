import type { ErrorCode, Problem } from '@qiao/protocol/errors'

/** A refusal by the server, or `offline` when it could not be asked. The screen chooses the words by code. */
export class Refusal extends Error {
  readonly code: ErrorCode | 'offline'
  readonly retryAfterSeconds: number | undefined
  readonly issues: Problem['issues']

  constructor(code: ErrorCode | 'offline', problem?: Problem) {
    super(problem?.detail ?? problem?.title ?? code)
    this.code = code
    this.retryAfterSeconds = problem?.retryAfterSeconds
    this.issues = problem?.issues
  }
}

const isProblem = (body: unknown): body is Problem => typeof body === 'object' && body !== null && 'code' in body

/** From the answer's status and text. A proxy in between may answer with anything. */
export function toRefusal(status: number, text: string): Refusal {
  try {
    const body: unknown = JSON.parse(text)
    if (isProblem(body)) return new Refusal(body.code, body)
  } catch {
    // Not JSON: the status alone must do.
  }
  if (status === 429) return new Refusal('rate-limited')
  if (status === 413) return new Refusal('payload-too-large')
  return new Refusal(status >= 500 ? 'unavailable' : 'bad-request')
}
