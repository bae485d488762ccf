import type { FormField, FormValues } from '@qiao/protocol'
import { announceContact, updateByClaims } from '#contacts'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import type { WebchatDeps } from './webchat-deps.ts'

/** The given values by the fields of the settings. Throws for one that is needed and missing. */
export function formAnswers(fields: readonly FormField[], given: FormValues) {
  return fields.flatMap((field) => {
    const value = given[field.name]
    const missing = value === undefined || value === '' || value === false
    if (missing && field.required) {
      throw new AppError('invalid-input', {
        issues: [{ path: `body.values.${field.name}`, message: `${field.label} is needed` }],
      })
    }
    return missing ? [] : [{ name: field.name, label: field.label, value: String(value) }]
  })
}

/** What people say of themselves fills the contact; it is a claim, so it never replaces what a signed token said. */
export async function learnFromForm(
  deps: WebchatDeps,
  visitor: VisitorPrincipal,
  fields: readonly FormField[],
  given: FormValues,
): Promise<void> {
  const text = (name: string): string | undefined =>
    typeof given[name] === 'string' && given[name] !== '' ? given[name] : undefined
  const byType = (type: FormField['type']): string | undefined => {
    const field = fields.find((candidate) => candidate.type === type)
    return field ? text(field.name) : undefined
  }
  const learned = {
    ...(text('name') ? { name: text('name') } : {}),
    ...(byType('email') ? { email: byType('email') } : {}),
    ...(byType('phone') ? { phone: byType('phone') } : {}),
  }
  if (Object.keys(learned).length === 0) return
  await announceContact(deps, await updateByClaims(deps.db, visitor.contactId, learned))
}

const patterns: Partial<Record<FormField['type'], RegExp>> = {
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  phone: /^\+?[\d\s()-]{5,30}$/,
  number: /^-?\d+([.,]\d+)?$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
}

/** Throws for values that a field of its kind does not take: a program may have sent them, not our page. */
export function checkAnswers(fields: readonly FormField[], given: FormValues): void {
  const issues = fields.flatMap(({ name, label, type, options }) => {
    const value = given[name]
    if (value === undefined || value === '') return []
    const fits =
      type === 'checkbox'
        ? typeof value === 'boolean'
        : type === 'select'
          ? (options ?? []).includes(String(value))
          : typeof value !== 'boolean' && (patterns[type]?.test(String(value).trim()) ?? true)
    return fits ? [] : [{ path: `body.values.${name}`, message: `${label} does not take that` }]
  })
  if (issues.length > 0) throw new AppError('invalid-input', { issues })
}
