import { type WidgetLocale, widgetLocales } from './inbox.ts'

const isWidgetLocale = (text: string): text is WidgetLocale => widgetLocales.some((locale) => locale === text)

/** The language that we have words in for this one; null for one that is none of ours. */
export function nearestLocale(language: string): WidgetLocale | null {
  if (isWidgetLocale(language)) return language
  const primary = language.split('-')[0]?.toLowerCase()
  return widgetLocales.find((locale) => locale.split('-')[0] === primary) ?? null
}

/** Fills `{name}` in; a name without a value stays, so that a mistake in the settings shows. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
