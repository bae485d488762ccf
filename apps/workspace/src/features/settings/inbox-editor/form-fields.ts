import type { FormField } from '@qiao/protocol'

export const fieldTypes = [
  'text',
  'textarea',
  'email',
  'phone',
  'number',
  'date',
  'select',
  'checkbox',
] as const satisfies FormField['type'][]

/** A free name of the form field_1, field_2 … */
export function newField(fields: readonly FormField[]): FormField {
  const taken = new Set(fields.map((field) => field.name))
  let number = fields.length + 1
  while (taken.has(`field_${number}`)) number += 1
  return { name: `field_${number}`, label: '', type: 'text', required: false }
}

export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return [...items]
  return items.toSpliced(from, 1).toSpliced(to, 0, item)
}

/** Empty lines of a list of choices are of the typing, not of the form. */
export const cleanFields = (fields: readonly FormField[]): FormField[] =>
  fields.map((field) => {
    const { options, ...rest } = field
    if (field.type !== 'select') return rest
    return { ...rest, options: (options ?? []).map((option) => option.trim()).filter(Boolean) }
  })
