import { useCallback } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { words } from '../words.ts'
import type { Problems } from './problems.ts'

/** Words for what is wrong with a field, or null. */
export function useProblemWords(problems: Problems): (path: string) => string | null {
  const t = useWords(words)
  return useCallback(
    (path: string) => {
      const kind = problems.get(path)
      return kind ? t(`problem.${kind}`) : null
    },
    [problems, t],
  )
}
