export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type JsonObject = { [name: string]: Json }

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for what is no JSON. */
export function parseJson(text: Buffer | string): Json | undefined {
  try {
    return JSON.parse(text.toString())
  } catch {
    return undefined
  }
}

/** The same, with whole numbers that no double can hold as they were written, as text: ids have 64 bits. */
export function parseExactJson(text: Buffer | string): Json | undefined {
  try {
    return JSON.parse(text.toString(), exact)
  } catch {
    return undefined
  }
}
const exact = (_name: string, value: unknown, at?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/u.test(at?.source ?? '') ? at?.source : value
