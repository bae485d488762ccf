import type { WidgetLocale } from '@qiao/protocol/inbox'

/** Repeats the protocol's list: that file needs zod at run time. A test holds the two together. */
export const locales: readonly WidgetLocale[] = [
  'zh-CN',
  'zh-TW',
  'en',
  'ja',
  'ko',
  'es',
  'fr',
  'de',
  'pt-BR',
  'ru',
  'ar',
  'vi',
]

/** The built-in language for a tag such as `zh-Hant-HK`, `pt` or `en_GB`; null when there is none. */
export function matchLocale(tag: string): WidgetLocale | null {
  const wanted = tag.replace('_', '-').toLowerCase()
  const exact = locales.find((locale) => locale.toLowerCase() === wanted)
  if (exact) return exact
  const [language] = wanted.split('-')
  if (language === 'zh') return /-(hant|tw|hk|mo)/.test(wanted) ? 'zh-TW' : 'zh-CN'
  return locales.find((locale) => locale.toLowerCase().split('-')[0] === language) ?? null
}

/** The first of the wishes that we speak. */
export function chooseLocale(wishes: readonly (string | null | undefined)[], fallback: WidgetLocale): WidgetLocale {
  for (const wish of wishes) {
    const found = wish ? matchLocale(wish) : null
    if (found) return found
  }
  return fallback
}

export const isRightToLeft = (locale: WidgetLocale): boolean => locale === 'ar'
