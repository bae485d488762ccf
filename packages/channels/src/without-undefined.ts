import type { JsonObject } from './json.ts'

/** The same without fields that were left open, at any depth: so it is stored, and so it is compared. */
export const withoutUndefined = <Value extends object>(value: Value): Value => JSON.parse(JSON.stringify(value))

export const toJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value))
