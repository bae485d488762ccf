import { type WidgetLocale, widgetLocales } from '@qiao/protocol'
import { currentLanguage } from '../../../shared/i18n.ts'

/** Each language as the reader calls it, with its own name beside. */
export function localeOptions(): { value: WidgetLocale; label: string }[] {
  const names = new Intl.DisplayNames(currentLanguage(), { type: 'language' })
  return widgetLocales.map((locale) => {
    const own = new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
    const name = names.of(locale) ?? locale
    return { value: locale, label: own === name ? name : `${name} · ${own}` }
  })
}
