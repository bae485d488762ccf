import { type MailDraft, type MailFile, type MailKind, type OutputOf, readMailStart } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import { call } from '../../../../shared/api.ts'
import { useDraft } from '../use-draft.ts'
import { blankMail, inAnotherWay, worthKeeping } from './mail-draft.ts'

export interface Wanted {
  kind: MailKind
  entryId: string | null
  /** Somebody asked for just this; otherwise a draft that is there goes on as it is. */
  explicit: boolean
  /** The newest of the conversation at this moment. */
  sinceSeq?: number | undefined
}

export type MailChange = Partial<MailDraft> | ((mail: MailDraft) => Partial<MailDraft>)
type Start = OutputOf<typeof readMailStart>

export const mailStartQuery = (conversationId: string, kind: MailKind, entryId: string | null) =>
  queryOptions({
    queryKey: ['mail-start', conversationId, kind, entryId] as const,
    queryFn: ({ signal }) => {
      const answers = kind === 'new' || entryId === null ? {} : { kind, entryId }
      return call(readMailStart, { params: { id: conversationId }, query: answers }, { signal })
    },
    staleTime: 60_000,
  })

export function begin(draft: MailDraft | null, { kind, entryId, explicit, sinceSeq }: Wanted): MailDraft {
  if (draft === null) return { ...blankMail(kind, entryId), ...(sinceSeq === undefined ? {} : { sinceSeq }) }
  const same = draft.kind === kind && draft.entryId === entryId
  return same || !explicit ? draft : inAnotherWay(draft, kind, entryId)
}

/** What comes by itself never overwrites what somebody has put there. */
export function filledIn(mail: MailDraft, start: Pick<Start, 'to' | 'cc' | 'subject' | 'attachments'>): MailDraft {
  const has = new Set(mail.attachments.map(({ id }) => id))
  const nobody = mail.to.length === 0 && mail.cc.length === 0
  return {
    ...mail,
    to: nobody ? start.to : mail.to,
    cc: nobody ? start.cc : mail.cc,
    subject: mail.subject || start.subject,
    attachments: [...mail.attachments, ...start.attachments.filter(({ id }: MailFile) => !has.has(id))],
  }
}

/** The mail that is being written: begun by the server, kept like any draft. `revision` counts the changes from outside. */
export function useMailDraft(conversationId: string, wanted: Wanted) {
  const { draft, change } = useDraft(conversationId)
  const [mail, setMail] = useState(() => begin(draft.mail, wanted))
  const [filled, setFilled] = useState(mail === draft.mail)
  const [touched, setTouched] = useState(false)
  const [seen, setSeen] = useState(draft.mail)
  const [revision, setRevision] = useState(0)
  if (draft.mail !== seen) {
    setSeen(draft.mail)
    // Another device wrote on, and nobody has here.
    if (draft.mail && !touched) {
      const next = begin(draft.mail, wanted)
      setMail(next)
      setFilled(next === draft.mail)
      setRevision(revision + 1)
    }
  }
  const start = useQuery(mailStartQuery(conversationId, mail.kind, mail.entryId))
  if (!filled && start.data) {
    setFilled(true)
    setMail(filledIn(mail, start.data))
  }
  // Two changes of one moment, a picture and its file, both count.
  const latest = useRef(mail)
  useLayoutEffect(() => {
    latest.current = mail
  }, [mail])
  const put = (next: MailDraft): void => {
    latest.current = next
    setMail(next)
    setTouched(true)
    change({ mail: worthKeeping(next) ? next : null, mode: 'reply' })
  }
  return {
    mail,
    revision,
    start,
    /** Whom it answers is still being read. */
    opening: !filled && start.isPending,
    update: (part: MailChange) =>
      put({ ...latest.current, ...(typeof part === 'function' ? part(latest.current) : part) }),
    answerAs: (kind: MailKind, entryId: string | null) => {
      put(inAnotherWay(latest.current, kind, entryId))
      setFilled(false)
    },
    clear: () => change({ mail: null }),
  }
}
