import { type WidgetLocale, widgetLocales } from '@qiao/protocol'
import { currentLanguage } from '../../../shared/i18n.ts'

/** Intl calls zh-CN by the country; readers look for the script. */
const tagOf = (locale: WidgetLocale): string =>
  locale === 'zh-CN' ? 'zh-Hans' : locale === 'zh-TW' ? 'zh-Hant' : locale

/** Each language as the reader calls it, with its own name beside. */
export function localeOptions(): { value: WidgetLocale; label: string }[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' })
  return widgetLocales.map((locale) => {
    const own = new Intl.DisplayNames(locale, { type: 'language' }).of(tagOf(locale)) ?? locale
    const name = names.of(tagOf(locale)) ?? locale
    return { value: locale, label: own === name ? name : `${name} · ${own}` }
  })
}
