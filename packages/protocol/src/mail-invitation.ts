import { z } from 'zod'
import { instant, noNul } from './primitives.ts'

/** An appointment in a letter: an invitation, a change of it, or somebody's answer (RFC 5545, 5546). */

const words = (most: number) => z.string().max(most).refine(noNul)
const guestBox = z.object({ name: words(200), address: words(320) })

/** `zone` is of the IANA, where the letter names one. A `floating` time is of wherever one is. */
export const calendarTime = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('day'), day: z.iso.date() }),
  z.object({ kind: z.literal('instant'), at: instant, zone: z.string().max(100).nullable() }),
  z.object({ kind: z.literal('floating'), local: z.iso.datetime({ local: true }) }),
])
export type CalendarTime = z.infer<typeof calendarTime>

export const calendarRepeats = z.object({
  /** `other`: it repeats by a rule of its own. */
  every: z.enum(['day', 'week', 'month', 'year', 'other']),
  interval: z.int().positive(),
  days: z.array(z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])),
  count: z.int().positive().nullable(),
  /** The last day. */
  until: z.iso.date().nullable(),
})
export type CalendarRepeats = z.infer<typeof calendarRepeats>

export const attendances = ['needs-action', 'accepted', 'tentative', 'declined', 'delegated'] as const
export const calendarGuest = z.object({
  mailbox: guestBox,
  attendance: z.enum(attendances),
  optional: z.boolean(),
})

export const calendarEvent = z.object({
  /** What all letters about it call it. */
  uid: words(600).nullable(),
  /** Changes count up. */
  sequence: z.int().nonnegative(),
  stamp: instant.nullable(),
  /** Which one of those that repeat is meant; null for all of them. */
  occurrence: calendarTime.nullable(),
  start: calendarTime,
  /** The first moment, or day, after it. */
  end: calendarTime.nullable(),
  repeats: calendarRepeats.nullable(),
  organiser: guestBox.nullable(),
  guests: z.array(calendarGuest).max(200),
  guestCount: z.int().nonnegative(),
  cancelled: z.boolean(),
  comment: words(1000).nullable(),
})
export type CalendarEvent = z.infer<typeof calendarEvent>

export const mailInvitation = z.object({
  method: words(20).nullable(),
  summary: words(500).nullable(),
  /** As the letter has it. */
  start: words(40).nullable(),
  location: words(500).nullable(),
  /** Null or absent where it could not be made out when it is. */
  event: calendarEvent.nullish(),
  /** The address of the inbox that is invited, or that answers; null when none of its addresses is. */
  invited: words(320).nullish(),
})
export type MailInvitation = z.infer<typeof mailInvitation>

export const invitationAnswers = ['accepted', 'tentative', 'declined'] as const
export type InvitationAnswer = (typeof invitationAnswers)[number]
