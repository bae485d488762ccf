import type { ReplyPreview } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { inOneLanguage } from '../../../shared/in-one-language.ts'
import { deliveryWords, problemKey } from '../delivery-words.ts'

/** Why what is being written cannot go out; `id` is for the button that is disabled by it. */
export function ProblemWords({ id, problem }: { id: string; problem: ReplyPreview['problem'] }) {
  const t = useWords(deliveryWords)
  if (!problem) return null
  return (
    <span className="q-failed" id={id} role="status">
      {[t(problemKey(problem.code)), inOneLanguage(problem.detail)].filter(Boolean).join(' · ')}
    </span>
  )
}
