import { currentLanguage, translate } from './i18n.ts'
import { sharedWords } from './words.ts'

/** Visitors without a name get one that stays the same, made from their id. */
export const contactName = (contact: { id: string; name: string | null }): string =>
  contact.name?.trim() || translate(sharedWords, 'visitor', { code: contact.id.slice(-4).toUpperCase() })

/** Names in a row, as the language writes it. */
export const joined = (names: string[]): string => names.join(currentLanguage() === 'en' ? ', ' : '、')

/** The names of those that are known. */
export const namesOf = (ids: readonly string[], known: ReadonlyMap<string, { name: string }>): string =>
  joined(ids.flatMap((id) => known.get(id)?.name ?? []))
