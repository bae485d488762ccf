import type { ConversationItem, EntryOf } from '@qiao/protocol'
import { Button } from 'antd'
import { memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { codeName } from '../../../shared/routing/names.ts'
import { type Translate, useWords } from '../../../shared/i18n.ts'
import { clockTime, dateTime, dayName, exactTime, useNow } from '../../../shared/time.ts'
import { AttachmentById } from '../content/attachment-by-id.tsx'
import { ContentView } from '../content/content-view.tsx'
import { isJoined } from '../joined/joined-events.ts'
import { JoinedRow } from '../joined/joined-row.tsx'
import { type OutboxItem, discard, retry } from '../outbox.ts'
import { refusalWords } from '../refusal-words.ts'
import { type InboxKey, inboxWords } from '../words.ts'
import { type WorkKey, workWords } from '../work-words.ts'
import { eventWords } from './event-words.ts'
import { NoteText } from './note-text.tsx'
import type { Row } from './rows.ts'
import { personOf, useThreadContext } from './thread-context.tsx'

export const DayRow = memo(function DayRow({ at }: { at: string }) {
  const now = useNow()
  return (
    <p className="q-day">
      <time dateTime={at}>{dayName(at, now)}</time>
    </p>
  )
})

type Told = Pick<ConversationItem['conversation'], 'number' | 'inboxId' | 'createdAt'>
/** Told only what it shows: the row of the conversation changes with all that happens in it. */
export const ConversationRow = memo(function ConversationRow({ number, inboxId, createdAt }: Told) {
  const t = useWords(inboxWords)
  const { names } = useThreadContext()
  const inbox = names.inboxes.get(inboxId)?.name ?? ''
  return (
    <h3 className="q-conversation">
      <span>{t('thread.conversation', { number, inbox })}</span>
      <time title={exactTime(createdAt)}>{dateTime(createdAt)}</time>
    </h3>
  )
})

type EventEntry = Extract<Row, { type: 'event' }>['entry']
export const EventRow = memo(function EventRow({ entry }: { entry: EventEntry }) {
  return isJoined(entry) ? <JoinedRow entry={entry} /> : <PlainEvent entry={entry} />
})

function PlainEvent({ entry }: { entry: EventEntry }) {
  const t = useWords(inboxWords)
  const context = useThreadContext()
  const words = eventWords(entry, t, {
    actor: (author) => personOf(author, context).name,
    agent: (id) => personOf({ type: 'agent', id }, context).name,
    team: (id) => context.names.teams.get(id)?.name ?? '',
    queue: (id) => context.names.queues.get(id)?.name ?? '',
    disposition: (id) => {
      const code = context.names.dispositions.get(id)
      return code ? codeName(code) : ''
    },
  })
  const note = 'note' in entry.body ? entry.body.note : undefined
  return (
    <div className="q-event">
      <span>{words}</span> <time title={exactTime(entry.at)}>{clockTime(entry.at)}</time>
      {note ? <p className="q-event-note">{note}</p> : null}
    </div>
  )
}

export const NoteRow = memo(function NoteRow({ entry, grouped }: { entry: EntryOf<'note.added'>; grouped: boolean }) {
  const t = useWords(inboxWords)
  const context = useThreadContext()
  const person = personOf(entry.author, context)
  return (
    <article className={`q-msg is-out is-note ${grouped ? 'is-grouped' : ''}`} data-entry={entry.id}>
      <span className="q-msg-face">
        {grouped ? null : <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={28} />}
      </span>
      <div className="q-msg-main">
        {grouped ? null : <span className="q-msg-name">{t('note.by', { name: person.name })}</span>}
        <div className="q-bubble">
          <NoteText text={entry.body.text} mentions={entry.body.mentions} />
          {entry.body.attachmentIds.map((id) => (
            <AttachmentById key={id} id={id} onOpenImage={context.openImage} />
          ))}
        </div>
        <span className="q-msg-meta">
          <time title={exactTime(entry.at)}>{clockTime(entry.at)}</time>
          <span>{t('note.badge')}</span>
        </span>
      </div>
    </article>
  )
})

function titleOf(
  type: OutboxItem['body']['type'],
  name: string,
  t: Translate<InboxKey>,
  work: Translate<WorkKey>,
): string {
  if (type === 'reply') return name
  return type === 'note' ? t('note.by', { name }) : work('whisper.by', { name })
}

export const PendingRow = memo(function PendingRow({ pending, grouped }: { pending: OutboxItem; grouped: boolean }) {
  const t = useWords(inboxWords)
  const work = useWords(workWords)
  const context = useThreadContext()
  const { body, state, clientKey } = pending
  const { me } = context
  const title = titleOf(body.type, me.name, t, work)
  return (
    <article className={`q-msg is-out is-pending is-${body.type} ${grouped ? 'is-grouped' : ''}`}>
      <span className="q-msg-face">
        {grouped ? null : <Avatar id={me.id} name={me.name} url={me.avatarUrl} size={28} />}
      </span>
      <div className="q-msg-main">
        {grouped ? null : <span className="q-msg-name">{title}</span>}
        <div className="q-bubble">
          {body.type === 'whisper' ? <span className="q-inner-badge">{work('whisper.badge')}</span> : null}
          {body.type === 'reply' ? (
            <ContentView content={body.content} onOpenImage={context.openImage} />
          ) : (
            <NoteText text={body.text} mentions={body.type === 'note' ? body.mentions : []} />
          )}
        </div>
        <span className="q-msg-meta" role="status">
          {state === 'failed' ? (
            <>
              <span className="q-failed">{t('message.failed', { reason: refusalWords(pending) })}</span>
              <Button size="small" type="link" onClick={() => retry(clientKey)}>
                {t('message.retry')}
              </Button>
              <Button size="small" type="link" danger onClick={() => discard(clientKey)}>
                {t('message.discard')}
              </Button>
            </>
          ) : (
            <span>{state === 'waiting' ? t('message.waiting') : t('message.sending')}</span>
          )}
        </span>
      </div>
    </article>
  )
})
