import type { MailDraft } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import { useWords } from '../../../../shared/i18n.ts'
import { namesOf } from '../../../../shared/names.ts'
import { useMe } from '../../../../shared/session.ts'
import { useStaffNames } from '../../../../shared/staff.ts'
import { useStore } from '../../../../shared/store.ts'
import { scheduledQuery } from '../../mail/mail-queries.ts'
import { EntriesContext } from '../../thread/thread-context.tsx'
import { newestSeq, saidSince } from './meanwhile.ts'
import { mailerWords } from './words.ts'

/** What colleagues have said here since a mail was begun, or are going to; asked about once before it is sent. */
export function useMeanwhile(conversationId: string, mail: MailDraft, openedAtSeq: number | undefined) {
  const t = useWords(mailerWords)
  const { id: meId } = useMe()
  const { agents } = useStaffNames()
  const entries = useStore(useContext(EntriesContext), ({ all }) => all)
  const { data: scheduled = [] } = useQuery(scheduledQuery(conversationId))
  const [known, setKnown] = useState<{ seq: number | undefined; scheduled: readonly string[] }>({
    seq: undefined,
    scheduled: [],
  })
  const sinceSeq = mail.sinceSeq ?? openedAtSeq
  const meanwhile = saidSince(entries, { conversationId, sinceSeq, meId })
  const waiting = scheduled.filter(({ agentId, state }) => agentId !== meId && state !== 'failed')
  const unasked = saidSince(entries, { conversationId, sinceSeq: known.seq ?? sinceSeq, meId })
  const unaskedWaiting = waiting.filter(({ id }) => !known.scheduled.includes(id))
  const ask = (key: 'ask.answered' | 'ask.noted' | 'ask.waits', ids: readonly string[]): string[] =>
    ids.length > 0 ? [t(key, { name: namesOf(ids, agents) })] : []
  return {
    meanwhile,
    scheduledBy: [...new Set(waiting.map(({ agentId }) => agentId))],
    questions: [
      ...ask('ask.answered', unasked.answeredBy),
      ...ask('ask.waits', [...new Set(unaskedWaiting.map(({ agentId }) => agentId))]),
      ...ask('ask.noted', unasked.notedBy),
    ],
    /** Its writer has been told. */
    noteAsked: () => setKnown({ seq: newestSeq(entries, conversationId), scheduled: waiting.map(({ id }) => id) }),
  }
}
