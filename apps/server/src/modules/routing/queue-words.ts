import { type Queue, type QueueWords, type WidgetLocale, widgetLocales } from '@qiao/protocol'

const isWidgetLocale = (text: string): text is WidgetLocale => widgetLocales.some((locale) => locale === text)

/** The language that we have words in for this one; null for one that is none of ours. */
export function nearestLocale(language: string): WidgetLocale | null {
  if (isWidgetLocale(language)) return language
  const primary = language.split('-')[0]
  return widgetLocales.find((locale) => locale.split('-')[0] === primary) ?? null
}

/** The queue's own words in the customer's language, or in the nearest one that it has; nothing where it has none. */
export function wordsFor({ settings }: Pick<Queue, 'settings'>, language: string | null): QueueWords {
  const near = language === null ? null : nearestLocale(language)
  return (near ? settings.words[near] : null) ?? {}
}

/** Fills `{name}` in; a name without a value stays, so that a mistake in the settings shows. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
