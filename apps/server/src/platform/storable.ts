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

/** The same of what nobody is there to correct, as a provider would only send it again: all of it is replaced, or left out. */
export function forcedStorable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return forcedStorableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return value.map((item) => forcedStorable(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [forcedStorableText(name), forcedStorable(item, depth + 1)]),
  )
}
export const forcedStorableText = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed()

function storableText(text: string): string {
  if (text.includes('\u0000')) throw new AppError('invalid-input', { detail: 'U+0000 cannot be stored' })
  return text.toWellFormed()
}

/**
 * The same of JSON as it came from the wire. Neither half an emoji nor U+0000 can stand in well-formed JSON without an
 * escape, so that nearly every frame needs no second look.
 */
export function parseStorable(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return text.includes(String.raw`\u`) || mayBeDeep(text) ? storable(value) : value
}

/** Brackets inside texts count as well: then it is looked at for nothing. */
function mayBeDeep(text: string): boolean {
  let brackets = 0
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at >= 0 && brackets <= deepest; at = text.indexOf(bracket, at + 1))
      brackets += 1
  return brackets > deepest
}
