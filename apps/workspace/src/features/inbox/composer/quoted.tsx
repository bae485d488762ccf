import { contentPreview, currentContent, isMessage } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { useEntry } from '../thread/thread-context.tsx'
import { inboxWords } from '../words.ts'

/** The message that is answered, in a line. */
export function Quoted({ targetId }: { targetId: string }) {
  const t = useWords(inboxWords)
  const target = useEntry(targetId)
  const content = target && isMessage(target) ? currentContent(target) : null
  return <span className="q-composer-quote">{content ? contentPreview(content) : t('message.gone')}</span>
}
