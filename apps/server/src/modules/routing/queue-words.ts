import { type Queue, type QueueWords, type WidgetLocale, widgetLocales } from '@qiao/protocol'

const isWidgetLocale = (text: string): text is WidgetLocale => widgetLocales.some((locale) => locale === text)

/** The queue's own words in the customer's language, or in the nearest one that it has; nothing where it has none. */
export function wordsFor({ settings }: Pick<Queue, 'settings'>, language: string | null): QueueWords {
  if (!language) return {}
  if (isWidgetLocale(language)) return settings.words[language] ?? {}
  const primary = language.split('-')[0]
  const near = widgetLocales.find((locale) => locale.split('-')[0] === primary)
  return (near && settings.words[near]) ?? {}
}

/** Fills `{name}` in; a name without a value stays, so that a mistake in the settings shows. */
export const fillIn = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
