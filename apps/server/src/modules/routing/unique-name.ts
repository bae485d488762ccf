import { AppError } from '#platform/errors'
import { codeOf } from '#platform/thrown'

/** A broken unique constraint (SQLSTATE 23505) is a refusal like any other: `conflict` with these words. */
export async function uniquely<Result>(words: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    throw codeOf(error) === '23505' ? new AppError('conflict', { detail: words }) : error
  }
}
