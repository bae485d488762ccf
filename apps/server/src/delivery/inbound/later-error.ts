import type { Problem } from '@qiao/channels'

/** Cannot be done yet, and nobody made a mistake: try again. */
export class LaterError extends Error {
  readonly afterMs: number | null

  constructor(problem: Problem, afterMs: number | null = null) {
    super(`${problem.code}: ${problem.detail ?? ''}`)
    this.afterMs = afterMs
  }
}
