import { locale } from './words/words.ts'

/** How times and words of a transcript are written for this reader. */
export const readerNow = () => ({
  language: locale.value,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})
