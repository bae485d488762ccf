import type { Entry, MessageEntry } from './entries.ts'
import type { ContentOf } from './content.ts'
import type { CalendarEvent, CalendarTime, InvitationAnswer, MailInvitation } from './mail-invitation.ts'
import { invitationAnswers } from './mail-invitation.ts'
import { currentContent, isMessage } from './message.ts'

/** What became of an invitation, as the conversation tells it: on the screen and on the server the same. */
export interface InvitationState {
  /** A later letter of the same organiser changes it or calls it off. */
  replacedBy: 'change' | 'cancel' | null
  /** The latest answer to it that was sent. */
  answered: { entry: MessageEntry; answer: InvitationAnswer } | null
}

interface Said {
  entry: MessageEntry
  mail: ContentOf<'mail'>
  invitation: MailInvitation
  event: CalendarEvent
}

export function invitationState(entry: MessageEntry, entries: Iterable<Entry>): InvitationState {
  const invited = saidIn(entry)
  if (!invited) return { replacedBy: null, answered: null }
  let latest: Said | null = null
  let answered: InvitationState['answered'] = null
  for (const candidate of entries) {
    const said = candidate.id === entry.id || !isMessage(candidate) ? null : saidIn(candidate)
    if (!said || said.event.uid !== invited.event.uid) continue
    const answer = answerIn(said)
    if (answer) {
      if (isAnswerTo(said, invited) && (!answered || candidate.seq > answered.entry.seq))
        answered = { entry: said.entry, answer }
    } else if (replaces(said, invited) && (!latest || comesAfter(said, latest))) latest = said
  }
  const replacedBy = latest && (isCalledOff(latest) ? 'cancel' : 'change')
  return { replacedBy, answered }
}

/** Somebody of the inbox is invited, it can be said to whom the answer goes, and it is not called off. */
export const isAnswerable = ({ method, event, invited }: MailInvitation): boolean =>
  method === 'REQUEST' && Boolean(invited) && Boolean(event?.uid) && event?.organiser != null && !event.cancelled

/** What somebody else's calendar says of an appointment: an answer to it, or that another time would be better. */
export interface CalendarSaying {
  kind: 'answer' | 'proposal' | 'proposal-declined'
  /** Whose answer or proposal it is; null where the letter does not say. */
  by: CalendarEvent['guests'][number]['mailbox'] | null
  /** Of an answer. */
  attendance: CalendarEvent['guests'][number]['attendance'] | null
  /** What was planned, as the latest letter with the plan in this conversation has it; null where there is none. */
  planned: Pick<CalendarEvent, 'start' | 'end'> | null
}

const sayings: Readonly<Record<string, CalendarSaying['kind']>> = {
  REPLY: 'answer',
  COUNTER: 'proposal',
  DECLINECOUNTER: 'proposal-declined',
}

/** Not a plan, but somebody's word about one: nothing becomes of it, and it cannot be answered. */
export const isCalendarSaying = ({ method }: Pick<MailInvitation, 'method'>): boolean =>
  Object.hasOwn(sayings, method ?? '')

/**
 * Of a letter that came in (RFC 5546 §3.2.3, §3.2.7, §3.2.8); null for those that plan something themselves. An answer has one guest, who
 * gives it. A proposal has all of them in some programs: then it is the one who wrote it. The organiser declines a proposal.
 */
export function calendarSaying(entry: MessageEntry, entries: Iterable<Entry>): CalendarSaying | null {
  const content = currentContent(entry)
  if (entry.kind !== 'message.received' || content?.type !== 'mail' || !content.invitation) return null
  const { method, event } = content.invitation
  const kind = isCalendarSaying(content.invitation) ? sayings[method ?? ''] : undefined
  if (kind === undefined) return null
  const writer = content.from?.address.toLowerCase()
  const guests = event?.guests ?? []
  const guest = guests.length === 1 ? guests[0] : guests.find(({ mailbox }) => mailbox.address.toLowerCase() === writer)
  const by = kind === 'proposal-declined' ? (event?.organiser ?? null) : (guest?.mailbox ?? content.from)
  return {
    kind,
    by,
    attendance: kind === 'answer' ? (guest?.attendance ?? 'needs-action') : null,
    planned: kind === 'proposal' ? plannedBefore(entry, entries) : null,
  }
}

function plannedBefore(entry: MessageEntry, entries: Iterable<Entry>): CalendarSaying['planned'] {
  const proposed = saidIn(entry)
  if (!proposed) return null
  let latest: Said | null = null
  for (const candidate of entries) {
    const said = candidate.id !== entry.id && isMessage(candidate) ? saidIn(candidate) : null
    if (said?.invitation.method !== 'REQUEST' || said.event.uid !== proposed.event.uid) continue
    if (!isSame(said.event.occurrence, proposed.event.occurrence)) continue
    if (!latest || comesAfter(said, latest)) latest = said
  }
  return latest && { start: latest.event.start, end: latest.event.end }
}

function saidIn(entry: MessageEntry): Said | null {
  const content = currentContent(entry)
  if (content?.type !== 'mail' || !content.invitation?.event?.uid) return null
  return { entry, mail: content, invitation: content.invitation, event: content.invitation.event }
}

/** One that did not leave, or came back, has told the organiser nothing. */
function answerIn({ entry, invitation: { method, invited }, event }: Said): InvitationAnswer | null {
  if (entry.kind !== 'message.sent' || method !== 'REPLY' || entry.revision?.outgoing?.state === 'failed') return null
  const attendance = event.guests.find(({ mailbox }) => mailbox.address === invited)?.attendance
  return invitationAnswers.find((answer) => answer === attendance) ?? null
}
const isAnswerTo = ({ event }: Said, invited: Said): boolean =>
  event.sequence === invited.event.sequence && isSame(event.occurrence, invited.event.occurrence)

/** Anybody can name an appointment; only letters of whoever made it, whose sender is not found to be forged, change it. */
function replaces(said: Said, invited: Said): boolean {
  const { entry, mail, invitation, event } = said
  const organiser = event.organiser?.address.toLowerCase()
  return (
    entry.kind === 'message.received' &&
    (invitation.method === 'REQUEST' || invitation.method === 'CANCEL') &&
    mail.trust !== 'failed' &&
    organiser !== undefined &&
    organiser === invited.event.organiser?.address.toLowerCase() &&
    (event.occurrence === null || isSame(event.occurrence, invited.event.occurrence)) &&
    comesAfter(said, invited)
  )
}

/** RFC 5546 §2.1.5: by the number of the change, then by when it was made. */
function comesAfter(one: Said, other: Said): boolean {
  if (one.event.sequence !== other.event.sequence) return one.event.sequence > other.event.sequence
  const [stamp, before] = [one.event.stamp ?? '', other.event.stamp ?? '']
  return stamp === before ? one.entry.seq > other.entry.seq : stamp > before
}

const isCalledOff = ({ invitation, event }: Said): boolean => invitation.method === 'CANCEL' || event.cancelled
const isSame = (one: CalendarTime | null, other: CalendarTime | null): boolean =>
  one === null || other === null ? one === other : momentOf(one) === momentOf(other)

function momentOf(time: CalendarTime): string {
  if (time.kind === 'instant') return new Date(time.at).toISOString()
  return time.kind === 'day' ? time.day : time.local
}
