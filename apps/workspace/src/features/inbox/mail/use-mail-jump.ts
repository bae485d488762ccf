import { useContext } from 'react'
import { useCommands } from '../../../shared/commands.ts'
import { useWords } from '../../../shared/i18n.ts'
import { EntriesContext, useThreadContext } from '../thread/thread-context.tsx'
import { inboxWords } from '../words.ts'
import { isMail, setOpen } from './folds.ts'
import { nextMail } from './next-mail.ts'
import { mailWords } from './words.ts'

/** Rows out of sight are drawn when the thread has come to them. */
const mostFrames = 60

function focusOn(entryId: string, frames = mostFrames): void {
  const name = document.querySelector<HTMLElement>(`article[data-entry="${entryId}"] .q-mail-name`)
  if (name) name.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusOn(entryId, frames - 1))
}

/** Two keys go from letter to letter, open each, and leave the focus there. */
export function useMailJump(): void {
  const t = useWords(mailWords)
  const inbox = useWords(inboxWords)
  const entries = useContext(EntriesContext)
  const { jumpTo } = useThreadContext()
  const jump = (step: 1 | -1): void => {
    const ids = entries
      .get()
      .all.filter(isMail)
      .map(({ id }) => id)
    const from = document.activeElement?.closest('article[data-entry]')?.getAttribute('data-entry') ?? null
    const next = nextMail(ids, from, step)
    if (next === undefined) return
    setOpen([next], true)
    jumpTo(next)
    focusOn(next)
  }
  useCommands(() => {
    if (!entries.get().all.some(isMail)) return []
    const group = inbox('group.conversation')
    return [
      { id: 'mail-older', title: t('do.older'), group, keys: '[', run: () => jump(-1) },
      { id: 'mail-newer', title: t('do.newer'), group, keys: ']', run: () => jump(1) },
    ]
  })
}
