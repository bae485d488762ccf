import { nearestLocale, type Queue, type QueueWords } from '@qiao/protocol'

/** The queue's own words in the customer's language, or in the nearest one that it has; nothing where it has none. */
export function wordsFor({ settings }: Pick<Queue, 'settings'>, language: string | null): QueueWords {
  const near = language === null ? null : nearestLocale(language)
  return (near ? settings.words[near] : null) ?? {}
}
