import { isObject, type JsonObject } from './json.ts'

/** The text at that place of a request; empty where there is none. */
export function wordsAt(request: JsonObject, ...path: readonly string[]): string {
  const found = path.reduce<unknown>((held, name) => (isObject(held) ? held[name] : undefined), request)
  return typeof found === 'string' ? found : ''
}

/** What there is of several texts, a line each. */
export const linesOf = (...words: readonly string[]): string => words.filter((each) => each.trim() !== '').join('\n')
