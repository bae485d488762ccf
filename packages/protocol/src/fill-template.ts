import type { TemplatePart, TemplatePlace } from './template-parts.ts'

const place = /\{\{\s*([^{}]+?)\s*\}\}/gu

/** The words with what is filled in, in the order of `parameters`. A place without words stays as it is. */
export const fillTemplate = (text: string, parameters: readonly string[], values: readonly string[]): string =>
  text.replaceAll(place, (whole, name: string) => values[parameters.indexOf(name)]?.trim() || whole)

/** The same of each part, with what its buttons open and copy. */
export const fillParts = (
  parts: readonly TemplatePart[],
  parameters: readonly string[],
  values: readonly string[],
): TemplatePart[] =>
  parts.map((part) => ({
    ...part,
    text: fillTemplate(part.text, parameters, values),
    ...(part.url === undefined ? {} : { url: fillTemplate(part.url, parameters, values) }),
    ...(part.code === undefined ? {} : { code: fillTemplate(part.code, parameters, values) }),
  }))

export type ValueFault = 'missing' | 'too-long' | 'line-break' | 'spaces'

/** Why the provider would not take this value; null when it would. Nothing is known of places that are not described. */
export function valueFault(value: string, { most, plain, does }: Partial<TemplatePlace> = {}): ValueFault | null {
  const words = value.trim()
  if (words === '') return 'missing'
  if (most !== undefined && Array.from(words).length > most) return 'too-long'
  if (plain && /[\n\r\t\v\f\u{2028}\u{2029}]/u.test(words)) return 'line-break'
  if (does === undefined ? plain && / {5}/u.test(words) : /\s/u.test(words)) return 'spaces'
  return null
}
