import { CalendarOutlined } from '@ant-design/icons'
import {
  calendarSaying,
  type ContentOf,
  isCalendarSaying,
  invitationState,
  isAnswerable,
  type MessageEntry,
} from '@qiao/protocol'
import { type ReactNode, useContext, useMemo } from 'react'
import { currentLanguage, useWords } from '../../../shared/i18n.ts'
import { useStore } from '../../../shared/store.ts'
import { dateTime } from '../../../shared/time.ts'
import { EntriesContext, personOf, useThreadContext } from '../thread/thread-context.tsx'
import { InvitationAnswers } from './invitation-answers.tsx'
import { ownZone, repeatsOf, theirTime, whenOf } from './invitation-time.ts'
import { invitationWords } from './invitation-words.ts'
import { nameOf, written } from './people.ts'
import './invitation.css'

type Invitation = NonNullable<ContentOf<'mail'>['invitation']>

/** An appointment as a letter tells it: what, when, where, who, what became of it, and the answer. */
export function InvitationCard({ entry, invitation }: { entry: MessageEntry; invitation: Invitation }) {
  const t = useWords(invitationWords)
  const { summary, location, event } = invitation
  const reader = { language: currentLanguage(), timeZone: ownZone() }
  const theirs = event ? theirTime(event, reader) : null
  return (
    <section
      className="q-invitation"
      aria-label={summary ? `${t(titleOf(invitation))}: ${summary}` : t(titleOf(invitation))}
    >
      <p className="q-invitation-kind">
        <CalendarOutlined aria-hidden /> {t(titleOf(invitation))}
      </p>
      <Saying entry={entry} invitation={invitation} />
      {summary ? <p className="q-invitation-title">{summary}</p> : null}
      <dl>
        <Fact label={t(invitation.method === 'COUNTER' ? 'proposed' : 'when')}>
          {event ? whenOf(event, reader, t) : invitation.start}
        </Fact>
        <Fact label={t('theirs')}>{theirs}</Fact>
        <Fact label="">{event?.repeats ? repeatsOf(event.repeats, reader.language, t) : null}</Fact>
        <Fact label={t('where')}>{location}</Fact>
        <Fact label={t('organiser')}>{event?.organiser ? written(event.organiser) : null}</Fact>
        <Fact label={t('guests')}>{event ? <Guests event={event} /> : null}</Fact>
        <Fact label={t('comment')}>{event?.comment}</Fact>
      </dl>
      {entry.kind === 'message.received' && !isCalendarSaying(invitation) ? (
        <Outcome entry={entry} invitation={invitation} />
      ) : null}
    </section>
  )
}

/** What somebody else's calendar says, as a sentence: that they come, or would rather have another time. */
function Saying({ entry, invitation: { event, start } }: { entry: MessageEntry; invitation: Invitation }) {
  const t = useWords(invitationWords)
  const entries = useStore(useContext(EntriesContext))
  const saying = useMemo(() => calendarSaying(entry, entries.all), [entry, entries])
  if (!saying) return null
  const reader = { language: currentLanguage(), timeZone: ownZone() }
  const name = saying.by ? nameOf(saying.by) : t('somebody')
  const time = event ? whenOf(event, reader, t) : (start ?? '')
  return (
    <>
      <p className="q-invitation-said">
        {saying.kind === 'answer' ? t(`reply.${saying.attendance ?? 'needs-action'}`, { name }) : null}
        {saying.kind === 'proposal' ? t(time === '' ? 'proposal.noTime' : 'proposal', { name, time }) : null}
        {saying.kind === 'proposal-declined' ? t('proposal.declined', { name }) : null}
      </p>
      {saying.planned ? (
        <p className="q-invitation-note">{t('proposal.instead', { time: whenOf(saying.planned, reader, t) })}</p>
      ) : null}
    </>
  )
}

function titleOf({ method }: Invitation) {
  if (method === 'REQUEST' || method === 'ADD') return 'title.invitation'
  if (method === 'CANCEL') return 'title.cancel'
  if (method === 'REPLY') return 'title.reply'
  if (method === 'DECLINECOUNTER') return 'title.declineCounter'
  return method === 'COUNTER' ? 'title.counter' : 'title.other'
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const shownGuests = 12

function Guests({ event: { guests, guestCount } }: { event: NonNullable<Invitation['event']> }) {
  const t = useWords(invitationWords)
  if (guestCount === 0) return null
  const shown = guests.slice(0, shownGuests)
  const rest = guestCount - shown.length
  return (
    <ul>
      {shown.map(({ mailbox, attendance, optional }) => (
        <li key={mailbox.address} title={mailbox.address}>
          {optional ? t('optional', { name: nameOf(mailbox) }) : nameOf(mailbox)}{' '}
          <span className="q-invitation-status">{t(`status.${attendance}`)}</span>
        </li>
      ))}
      {rest > 0 ? <li>{t('more', { count: rest })}</li> : null}
    </ul>
  )
}

/** What became of it; the answer where there is one to give. */
function Outcome({ entry, invitation }: { entry: MessageEntry; invitation: Invitation }) {
  const t = useWords(invitationWords)
  const context = useThreadContext()
  const entries = useStore(useContext(EntriesContext))
  const { replacedBy, answered } = useMemo(() => invitationState(entry, entries.all), [entry, entries])
  const said = answered
    ? t(`said.${answered.answer}`, {
        name: personOf(answered.entry.author, context).name,
        time: dateTime(answered.entry.at),
      })
    : null
  const isOpen = isAnswerable(invitation) && replacedBy === null && entry.conversationId === context.conversationId
  return (
    <>
      {replacedBy ? <p className="q-invitation-note">{t(`replaced.${replacedBy}`)}</p> : null}
      {said ? (
        <p className="q-invitation-said" role="status">
          {said}
        </p>
      ) : null}
      {isOpen ? (
        <InvitationAnswers entry={entry} answered={answered?.answer ?? null} />
      ) : (
        <Why invitation={invitation} />
      )}
    </>
  )
}

/** Why it cannot be answered. */
function Why({ invitation }: { invitation: Invitation }) {
  const t = useWords(invitationWords)
  const { method, event, invited } = invitation
  if (method !== 'REQUEST' || !event || isAnswerable(invitation)) return null
  const why = event.cancelled ? 'cancelled' : invited ? 'noOrganiser' : 'notInvited'
  return <p className="q-invitation-note">{t(why)}</p>
}
