import { readConversationOrigin } from '@qiao/protocol'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { memo } from 'react'
import { call } from '../../../shared/api.ts'
import { useWords } from '../../../shared/i18n.ts'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { MailRow } from '../mail/mail-row.tsx'
import { MessageRow } from '../thread/message-row.tsx'
import { personOf, useThreadContext } from '../thread/thread-context.tsx'
import { type JoinedEntry, joinedEvent } from './joined-events.ts'
import { joinedWords } from './words.ts'
import './joined.css'

/** A line about another conversation, with the way there; below it the message with which this one began. */
export const JoinedRow = memo(function JoinedRow({ entry }: { entry: JoinedEntry }) {
  const t = useWords(joinedWords)
  const context = useThreadContext()
  const told = joinedEvent(entry, personOf(entry.author, context).name)
  if (!told) return null
  const { entryId } = told
  return (
    <div className="q-joined">
      <div className="q-event">
        <span>{told.words}</span>
        <Button size="small" type="link" onClick={() => context.openConversation(told.id)}>
          {t('event.open', { number: told.number })}
        </Button>
        {entryId ? (
          <Button size="small" type="link" onClick={() => context.jumpTo(entryId)}>
            {t('event.message')}
          </Button>
        ) : null}
        <time title={exactTime(entry.at)}>{clockTime(entry.at)}</time>
      </div>
      {entry.kind === 'conversation.started' ? <Origin conversationId={entry.conversationId} /> : null}
    </div>
  )
})

/** Kept: a message of elsewhere is read once. */
const originQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation-origin', id] as const,
    queryFn: async ({ signal }) => (await call(readConversationOrigin, { params: { id } }, { signal })).message,
    staleTime: Infinity,
  })

function Origin({ conversationId }: { conversationId: string }) {
  const t = useWords(joinedWords)
  const context = useThreadContext()
  const { data: entry, isPending } = useQuery(originQuery(conversationId))
  if (isPending) return <div className="q-origin" aria-busy="true" />
  if (entry?.kind !== 'message.received' && entry?.kind !== 'message.sent')
    return <p className="q-event">{t('origin.gone')}</p>
  const { content } = entry.body
  // It is answered here, not where it was said.
  const answerable = { ...entry, conversationId }
  return (
    <section className="q-origin" aria-label={t('origin.label')}>
      {content.type === 'mail' ? (
        <>
          <MailRow entry={entry} mail={content} delivery={null} />
          <Button size="small" onClick={() => context.onMail('reply', answerable)}>
            {t('origin.reply')}
          </Button>
        </>
      ) : (
        <MessageRow entry={entry} grouped={false} delivery={null} />
      )}
    </section>
  )
}
