import { useWords } from '../../shared/i18n.ts'
import { stopwatch, useSecond } from '../../shared/routing/seconds.ts'
import { statusWords } from './words.ts'

const useElapsed = (since: string): string => stopwatch(useSecond() - Date.parse(since))

/** How long a state lasts. On its own, so that nothing around it is drawn anew each second. */
export const Elapsed = ({ since }: { since: string }) => useElapsed(since)

export function Since({ since }: { since: string }) {
  const t = useWords(statusWords)
  return t('since', { time: useElapsed(since) })
}
