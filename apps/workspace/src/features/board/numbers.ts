import type { WaitRange } from '@qiao/protocol'
import type { Translate, WordKey } from '../../shared/i18n.ts'
import type { words } from './words.ts'

type T = Translate<WordKey<typeof words>>

export const percent = (share: number | null): string | null => (share === null ? null : `${Math.round(share * 100)}%`)

/** A range as people say it: minutes, or seconds where it is about seconds. */
export function rangeText(t: T, { lowSeconds, highSeconds }: WaitRange): string {
  if (highSeconds < 60) return t('aboutSeconds', { low: lowSeconds, high: highSeconds })
  const low = Math.floor(lowSeconds / 60)
  return t('about', { low, high: Math.max(low + 1, Math.ceil(highSeconds / 60)) })
}
