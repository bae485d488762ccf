import { currentLanguage } from '../i18n.ts'

/** Providers write `zh_CN`, browsers `zh-CN`. */
export const tagOf = (language: string): string => language.replaceAll('_', '-')

/** Names of languages by the provider's codes, in the reader's language. */
export function languageNames(): (code: string) => string {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' })
  return (code) => {
    try {
      return names.of(tagOf(code)) ?? code
    } catch {
      // Providers have codes that are none.
      return code
    }
  }
}
