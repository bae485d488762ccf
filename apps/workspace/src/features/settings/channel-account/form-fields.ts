import type { ProblemKind } from '../parts/problems.ts'

export interface Words {
  zh: string
  en: string
}
export type FieldValue = string | number | boolean | null

/** One field of a channel's form, as its JSON Schema describes it. */
export interface FormField {
  name: string
  kind: 'text' | 'url' | 'number' | 'switch' | 'choice'
  title: Words
  help: Words | null
  secret: boolean
  advanced: boolean
  required: boolean
  choices: { value: string; words: Words }[]
  initial: FieldValue
  min: number | null
  max: number | null
  whole: boolean
  maxLength: number | null
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectOf = (value: unknown): Json => (isObject(value) ? value : {})
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)
const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

function wordsOf(value: unknown): Words | null {
  if (typeof value === 'string') return { zh: value, en: value }
  const { zh, en } = objectOf(value)
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null
}

/** The fields in the order of the schema. */
export function fieldsOf(form: Json): FormField[] {
  const required = new Set(textsOf(form['required']))
  return Object.entries(objectOf(form['properties'])).map(([name, property]) =>
    fieldOf(name, objectOf(property), required.has(name)),
  )
}

function fieldOf(name: string, schema: Json, required: boolean): FormField {
  const kind = kindOf(schema)
  const options = objectOf(schema['options'])
  return {
    name,
    kind,
    title: wordsOf(schema['title']) ?? { zh: name, en: name },
    help: wordsOf(schema['help']),
    secret: schema['secret'] === true,
    advanced: schema['advanced'] === true,
    required,
    choices: textsOf(schema['enum']).map((value) => ({
      value,
      words: wordsOf(options[value]) ?? { zh: value, en: value },
    })),
    initial: initialOf(kind, schema['default']),
    min: numberOf(schema['minimum']) ?? numberOf(schema['exclusiveMinimum']),
    max: numberOf(schema['maximum']),
    whole: schema['type'] === 'integer',
    maxLength: numberOf(schema['maxLength']),
  }
}

function kindOf(schema: Json): FormField['kind'] {
  if (textsOf(schema['enum']).length > 0) return 'choice'
  if (schema['type'] === 'boolean') return 'switch'
  if (schema['type'] === 'number' || schema['type'] === 'integer') return 'number'
  return schema['format'] === 'uri' ? 'url' : 'text'
}

const isValue = (value: unknown): value is FieldValue => ['string', 'number', 'boolean'].includes(typeof value)

function initialOf(kind: FormField['kind'], given: unknown): FieldValue {
  if (isValue(given)) return given
  if (kind === 'switch') return false
  return kind === 'number' ? null : ''
}

export type Values = Readonly<Record<string, FieldValue>>
/** What was typed for a secret; null removes the one that is there. What is not named stays as it is. */
export type Secrets = Readonly<Record<string, string | null>>

/** What the form shows of a saved configuration; secrets are never part of it. */
export function valuesOf(fields: readonly FormField[], config: Json | null): Values {
  const open = fields.filter((field) => !field.secret)
  return Object.fromEntries(
    open.map(({ name, initial }) => {
      const saved = config?.[name]
      return [name, isValue(saved) ? saved : initial]
    }),
  )
}

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

/** What is sent: empty fields are left out, so that the schema's own defaults apply. */
export function configOf(fields: readonly FormField[], values: Values, secrets: Secrets): Record<string, FieldValue> {
  return Object.fromEntries(
    fields.flatMap(({ name, secret }): [string, FieldValue][] => {
      if (!secret) return isEmpty(values[name]) ? [] : [[name, values[name] ?? null]]
      const typed = secrets[name]
      if (typed === null) return [[name, null]]
      return isEmpty(typed) ? [] : [[name, typed ?? null]]
    }),
  )
}

/** Names of required fields that are empty. */
export const missingIn = (
  fields: readonly FormField[],
  { values, secrets }: { values: Values; secrets: Secrets },
  secretsSet: readonly string[],
): string[] =>
  fields
    .filter(({ name, secret, required }) => {
      if (!required) return false
      if (!secret) return isEmpty(values[name])
      const typed = secrets[name]
      return typed === undefined ? !secretsSet.includes(name) : isEmpty(typed)
    })
    .map(({ name }) => name)

export interface FieldProblem {
  kind: ProblemKind
  /** The channel's own words, where it has some. */
  said: string | null
}

/** Of the library, and no help to anybody. */
const formulaic = /^(Invalid|Too |Unrecognized|Expected)/

/** What the server refuses, by field; what belongs to no field of the form is under ''. */
export function problemsFrom(
  fields: readonly FormField[],
  issues: readonly { path: string; message: string }[],
): Map<string, FieldProblem> {
  const found = new Map<string, FieldProblem>()
  for (const { path, message } of issues) {
    const name = path.replace(/^body\.config\.?/, '').split('.')[0] ?? ''
    const field = fields.find((one) => one.name === name)
    const said = formulaic.test(message) ? null : message
    if (!found.has(field ? name : '')) found.set(field ? name : '', { kind: problemKind(field, message), said })
  }
  return found
}

function problemKind(field: FormField | undefined, message: string): ProblemKind {
  if (field?.kind === 'url') return 'url'
  if (field?.kind === 'number') return message.startsWith('Too small') ? 'small' : 'big'
  return message.startsWith('Too big') ? 'long' : 'format'
}
