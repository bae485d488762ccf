import { translate } from './i18n.ts'
import { sharedWords } from './words.ts'

/** Visitors without a name get one that stays the same, made from their id. */
export const contactName = (contact: { id: string; name: string | null }): string =>
  contact.name?.trim() || translate(sharedWords, 'visitor', { code: contact.id.slice(-4).toUpperCase() })
