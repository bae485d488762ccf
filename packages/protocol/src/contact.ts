import { z } from 'zod'
import { deliveryProblem, deviceInfo, pageInfo } from './entries.ts'
import { attributes, id, instant, localeCode } from './primitives.ts'

/** One way by which a person reaches us: an address within an inbox. `verified` means that we saw proof. */
export const identity = z.object({
  id,
  inboxId: id,
  address: z.string(),
  verified: z.boolean(),
  /** Nothing more is sent there until a person says otherwise. */
  unreachable: deliveryProblem.optional(),
  createdAt: instant,
})

export const contact = z.object({
  id,
  /** Absent until the person, a form or a signed token says it. Screens show a made-up visitor name by id meanwhile. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** The company's own id of this customer, from a signed token only. */
  externalId: z.string().nullable(),
  avatarUrl: z.string().nullable(),
  language: localeCode.nullable(),
  timeZone: z.string().nullable(),
  attributes,
  device: deviceInfo.nullable(),
  blockedAt: instant.nullable(),
  createdAt: instant,
  lastSeenAt: instant.nullable(),
  /** Grows with each change: a client keeps the newest. */
  version: z.number().int(),
})
export type Contact = z.infer<typeof contact>

export const contactSummary = contact.pick({ id: true, name: true, avatarUrl: true, version: true })
export type ContactSummary = z.infer<typeof contactSummary>

export const contactFields = z.object({
  name: z.string().trim().max(200).nullable(),
  email: z.email().max(320).nullable(),
  phone: z.string().trim().max(40).nullable(),
  language: localeCode.nullable(),
  timeZone: z.string().max(64).nullable(),
  attributes,
})

export const pageVisit = pageInfo.extend({ at: instant })
export const trackedEvent = z.object({
  name: z.string().min(1).max(100),
  properties: attributes.default({}),
  at: instant,
})
export const contactTrail = z.object({ visits: z.array(pageVisit), events: z.array(trackedEvent) })
