import { AppError } from './errors.ts'

const deepest = 64

/**
 * What arrives from outside, made fit for PostgreSQL wherever in it the text stands. Half an emoji (a surrogate without
 * its partner, from a client that cut a text) becomes U+FFFD: the message matters more. U+0000 is refused.
 */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) throw new AppError('invalid-input', { detail: 'Nested too deeply' })
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [storableText(name), storable(item, depth + 1)]),
  )
}

function storableText(text: string): string {
  if (text.includes('\u0000')) throw new AppError('invalid-input', { detail: 'U+0000 cannot be stored' })
  return text.toWellFormed()
}
