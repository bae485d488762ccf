import type { EntryOf } from '@qiao/protocol'
import { memo } from 'react'
import { Avatar } from '../../../shared/avatar.tsx'
import { useWords } from '../../../shared/i18n.ts'
import { clockTime, exactTime } from '../../../shared/time.ts'
import { workWords } from '../work-words.ts'
import type { Consult } from './consults.ts'
import { NoteText } from './note-text.tsx'
import { personOf, useThreadContext } from './thread-context.tsx'
import './inner.css'

interface WhisperRowProps {
  entry: EntryOf<'whisper.added'>
  grouped: boolean
}

/** A lead to the agent. Violet, and every one says that the customer does not see it. */
export const WhisperRow = memo(function WhisperRow({ entry, grouped }: WhisperRowProps) {
  const t = useWords(workWords)
  const context = useThreadContext()
  const person = personOf(entry.author, context)
  return (
    <article className={`q-msg is-out is-whisper ${grouped ? 'is-grouped' : ''}`} data-entry={entry.id}>
      <span className="q-msg-face">
        {grouped ? null : <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={28} />}
      </span>
      <div className="q-msg-main">
        {grouped ? null : <span className="q-msg-name">{t('whisper.by', { name: person.name })}</span>}
        <div className="q-bubble">
          <span className="q-inner-badge">{t('whisper.badge')}</span>
          <NoteText text={entry.body.text} mentions={[]} />
        </div>
        <span className="q-msg-meta">
          <time title={exactTime(entry.at)}>{clockTime(entry.at)}</time>
        </span>
      </div>
    </article>
  )
})

/** A consultation that is over, where it began. */
export const ConsultRow = memo(function ConsultRow({ consult }: { consult: Consult }) {
  const t = useWords(workWords)
  const context = useThreadContext()
  const by = consult.by ? personOf(consult.by, context).name : ''
  const agent = consult.agentId ? personOf({ type: 'agent', id: consult.agentId }, context).name : ''
  return (
    <section className="q-consult-past" aria-label={t('consult.past', { by, agent })}>
      <header>
        <span className="q-inner-badge">{t('consult.badge')}</span>
        <span>{t('consult.past', { by, agent })}</span>
      </header>
      <ConsultWords consult={consult} />
    </section>
  )
})

export function ConsultWords({ consult }: { consult: Consult }) {
  const context = useThreadContext()
  return (
    <ul className="q-consult-words">
      {consult.said.map(({ id, author, text, at }) => {
        const person = personOf(author, context)
        return (
          <li key={id}>
            <Avatar id={person.id} name={person.name} url={person.avatarUrl} size={20} />
            <strong>{person.name}</strong>
            <NoteText text={text} mentions={[]} />
            <time title={exactTime(at)}>{clockTime(at)}</time>
          </li>
        )
      })}
    </ul>
  )
}
