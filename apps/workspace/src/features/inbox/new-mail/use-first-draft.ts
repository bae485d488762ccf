import type { Inbox, MailDraft } from '@qiao/protocol'
import { useLayoutEffect, useRef, useState } from 'react'
import { useMe } from '../../../shared/session.ts'
import { blankMail, everybody, worthKeeping } from '../composer/mail/mail-draft.ts'
import type { MailChange } from '../composer/mail/use-mail-draft.ts'
import { type FirstDraft, keepFirstDraft } from './first-draft.ts'

/** Here nothing comes by itself: whom it goes to and what it is called are words of its writer too. */
const isBegun = (mail: MailDraft): boolean =>
  worthKeeping(mail) || mail.subject.trim() !== '' || everybody(mail).length > 0

/** The mail that is being written to begin a conversation, kept with each change. */
export function useFirstDraft(inboxes: readonly Inbox[], kept: FirstDraft | null) {
  const me = useMe()
  const [draft, setDraft] = useState<FirstDraft>(() => ({
    inboxId: inboxes.find(({ id }) => id === kept?.inboxId)?.id ?? inboxes[0]?.id ?? '',
    mail: kept?.mail ?? blankMail('new', null),
  }))
  // Two changes of one moment, a picture and its file, both count.
  const latest = useRef(draft)
  useLayoutEffect(() => {
    latest.current = draft
  }, [draft])
  const put = (next: FirstDraft): void => {
    latest.current = next
    setDraft(next)
    keepFirstDraft(me.id, isBegun(next.mail) ? next : null)
  }
  const update = (part: MailChange): void => {
    const { inboxId, mail } = latest.current
    put({ inboxId, mail: { ...mail, ...(typeof part === 'function' ? part(mail) : part) } })
  }
  return {
    ...draft,
    begun: isBegun(draft.mail),
    update,
    moveTo: (inboxId: string) => put({ ...latest.current, inboxId }),
    clear: () => keepFirstDraft(me.id, null),
  }
}
