import { readText } from './read-text.ts'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper than anything that a provider writes, and far less than what makes a function that goes down into it fail. */
const deepest = 200

/** Undefined for what is no JSON, and for what is nested beyond all sense. */
export const parseJson = (text: Buffer | string): Json | undefined => parse(text)

/** The same, with whole numbers that no double can hold as they were written, as text: ids have 64 bits. */
export const parseExactJson = (text: Buffer | string): Json | undefined => parse(text, exact)

const exact = (_name: string, value: unknown, at?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/u.test(at?.source ?? '') ? at?.source : value

function parse(given: Buffer | string, revive?: typeof exact): Json | undefined {
  const text = typeof given === 'string' ? given : readText(given)
  if (text === null || depthOf(text) > deepest) return undefined
  try {
    return JSON.parse(text, revive)
  } catch {
    return undefined
  }
}

/** Brackets within texts count too where they are many: only what could be too deep is looked at closely. */
function depthOf(text: string): number {
  const opened = text.match(/[[{]/gu)?.length ?? 0
  if (opened <= deepest) return opened
  let [depth, most] = [0, 0]
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gsu)) {
    if (mark === '[' || mark === '{') most = Math.max(most, (depth += 1))
    else if (mark === ']' || mark === '}') depth -= 1
  }
  return most
}
