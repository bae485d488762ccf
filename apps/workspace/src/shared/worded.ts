import { currentLanguage } from './i18n.ts'

/** Of words that a channel brings along. */
export const worded = (words: { zh: string; en: string }): string => (currentLanguage() === 'en' ? words.en : words.zh)
