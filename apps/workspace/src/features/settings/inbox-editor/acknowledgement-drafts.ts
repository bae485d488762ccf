import type { Acknowledgement } from '@qiao/protocol'

export const mostAcknowledgements = 50

/** The languages that come to mind first; then none is proposed. */
const usual = ['en', 'zh-CN', 'ja', 'ko', 'es', 'fr', 'de', 'pt', 'ru', 'ar', 'vi', 'th', 'id', 'it', 'nl', 'tr', 'hi']

/** In a language in which there is none yet, and which has no field of its own. */
export function newAcknowledgement(
  all: readonly Acknowledgement[],
  withField: readonly string[] = [],
): Acknowledgement {
  const taken = new Set([...all.map(({ language }) => language), ...withField].map((tag) => tag.toLowerCase()))
  return { language: usual.find((tag) => !taken.has(tag.toLowerCase())) ?? '', text: '', expected: '' }
}

/** A language in the reader's words; null for what is no tag, or one of which nobody knows. */
export function languageName(tag: string, reader: string): string | null {
  try {
    const name = new Intl.DisplayNames(reader, { type: 'language', fallback: 'none' }).of(tag)
    return name ?? null
  } catch {
    return null
  }
}
