import type { ConversationItem } from '@qiao/protocol'
import { memo, useContext } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useStore } from '../../../shared/store.ts'
import { EntriesContext } from '../thread/thread-context.tsx'
import { foldsStore, mailOrder, opensByItself, setOpen } from './folds.ts'
import { useMailJump } from './use-mail-jump.ts'
import { mailWords } from './words.ts'

/** What the letters of this conversation are about, and a way to open or fold them all. */
export const MailBar = memo(function MailBar({ subject }: { subject: ConversationItem['conversation']['subject'] }) {
  const t = useWords(mailWords)
  const order = useStore(useContext(EntriesContext), mailOrder)
  const folds = useStore(foldsStore)
  useMailJump()
  if (subject === null) return null
  const ids = [...order.keys()]
  const allOpen = [...order].every(([id, at]) => folds.get(id) ?? opensByItself(at, order.size))
  return (
    <div className="q-mail-bar">
      <h2 className="q-mail-about" title={subject}>
        <span className="sr-only">{t('bar.label')} </span>
        {subject || t('bar.none')}
      </h2>
      {ids.length > 1 ? (
        <>
          <span className="q-mail-count">{t('bar.count', { count: ids.length })}</span>
          <button type="button" className="q-mail-link" onClick={() => setOpen(ids, !allOpen)}>
            {t(allOpen ? 'bar.collapseAll' : 'bar.expandAll')}
          </button>
        </>
      ) : null}
    </div>
  )
})
