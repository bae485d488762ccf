import type { Translate } from '../i18n.ts'
import type { MergingKey } from './words.ts'

const known = ['name', 'email', 'phone', 'avatarUrl', 'language', 'timeZone'] as const

/** What a field is called; attributes bear the names that people gave them. */
export function fieldName(field: string, t: Translate<MergingKey>): string {
  const plain = known.find((each) => each === field)
  return plain ? t(plain) : field.replace(/^attributes\./u, '')
}

export const shownValue = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)
