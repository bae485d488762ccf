import { AppError } from './errors.ts'

/** Opaque page positions: the sort values of the last row. Clients hand them back and never look inside. */
export const encodeCursor = (values: readonly string[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url')

export function decodeCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string'))
      return values
  } catch {
    // Falls through: whatever it was, it is not ours.
  }
  throw new AppError('bad-request', { detail: 'The cursor is not one that this list gave' })
}
