import { writeCalendarReply } from '@qiao/mail'
import type { MessageContent } from '@qiao/protocol'
import type { Letter } from './letter.ts'

/** Of a letter that answers an invitation: the same for each try. */
export function calendarOf(content: MessageContent): Pick<Letter, 'calendar'> {
  if (content.type !== 'mail' || content.invitation?.method !== 'REPLY') return {}
  const { event, summary, invited } = content.invitation
  const guest = event?.guests.find(({ mailbox }) => mailbox.address === invited)
  if (!event?.uid || !event.organiser || !event.stamp || !guest) return {}
  const { uid, organiser, comment, stamp } = event
  const { mailbox, attendance } = guest
  const named = { ...event, uid, organiser }
  return {
    calendar: {
      method: 'REPLY',
      text: writeCalendarReply({ event: named, summary, guest: mailbox, attendance, comment, stamp }),
    },
  }
}
