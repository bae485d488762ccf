import { useWords } from '../../../shared/i18n.ts'
import { words } from './words.ts'

export const levels = [1, 2, 3, 4, 5] as const
export type Level = (typeof levels)[number]

export function useLevelOptions(): { value: Level; label: string }[] {
  const t = useWords(words)
  return levels.map((level) => ({ value: level, label: `${level} · ${t(`level.${level}`)}` }))
}
