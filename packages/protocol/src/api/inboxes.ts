import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { namedVersion } from '../edit-version.ts'
import { calendar, calendarFields } from '../hours.ts'
import { inbox, inboxSettings } from '../inbox.ts'
import { id, instant } from '../primitives.ts'

const tag = 'Inboxes'
const params = z.object({ id })
const name = z.string().trim().min(1).max(100)

export const listInboxes = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes',
  access: 'inboxes.read',
  tag,
  summary: 'List the inboxes that the caller may see',
  response: z.object({ inboxes: z.array(inbox) }),
})
export const createInbox = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes',
  access: 'inboxes.manage',
  tag,
  summary: 'Create an inbox',
  body: z.object({
    name,
    channel: z.string().default('web'),
    calendarId: id.nullable().default(null),
    teamIds: z.array(id).default([]),
    settings: inboxSettings.prefault({}),
  }),
  status: 201,
  response: inbox,
})
export const updateInbox = endpoint({
  method: 'PATCH',
  path: '/api/v1/inboxes/:id',
  access: 'inboxes.manage',
  tag,
  summary: 'Change an inbox; settings are replaced as a whole',
  params,
  body: z
    .object({
      version: namedVersion.optional(),
      name: name.optional(),
      calendarId: id.nullable().optional(),
      teamIds: z.array(id).optional(),
      settings: inboxSettings.optional(),
      paused: z
        .boolean()
        .optional()
        .describe('Alone it needs no version: whoever pauses means it, whatever else changed'),
    })
    .refine(
      ({ version, name: newName, calendarId, teamIds, settings }) =>
        version !== undefined || [newName, calendarId, teamIds, settings].every((value) => value === undefined),
      { path: ['version'], message: 'Name the version that the change started from' },
    ),
  response: inbox,
})
export const deleteInbox = endpoint({
  method: 'DELETE',
  path: '/api/v1/inboxes/:id',
  access: 'inboxes.manage',
  tag,
  summary: 'Delete an inbox that has no conversations; others can be paused',
  params,
})

/** Secrets that sign visitor identities. Two may be valid at once, so that a site can change over without a gap. */
export const inboxSecret = z.object({ id, prefix: z.string(), createdAt: instant, expiresAt: instant.nullable() })
export const listInboxSecrets = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/secrets',
  access: 'inboxes.manage',
  tag,
  summary: 'List the identity secrets of an inbox (never their values)',
  params,
  response: z.object({ secrets: z.array(inboxSecret) }),
})
export const rotateInboxSecret = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/secrets',
  access: 'inboxes.manage',
  tag,
  summary: 'Make a new identity secret; the older ones stay valid for the given hours',
  params,
  body: z.object({ keepOldHours: z.number().int().min(0).max(720).default(24) }),
  status: 201,
  response: inboxSecret.extend({ secret: z.string().describe('Shown this once') }),
})

export const listCalendars = endpoint({
  method: 'GET',
  path: '/api/v1/calendars',
  access: 'inboxes.read',
  tag,
  summary: 'List opening hours',
  response: z.object({ calendars: z.array(calendar) }),
})
export const createCalendar = endpoint({
  method: 'POST',
  path: '/api/v1/calendars',
  access: 'settings.manage',
  tag,
  summary: 'Create opening hours',
  body: calendarFields,
  status: 201,
  response: calendar,
})
export const updateCalendar = endpoint({
  method: 'PUT',
  path: '/api/v1/calendars/:id',
  access: 'settings.manage',
  tag,
  summary: 'Replace opening hours',
  params,
  body: calendarFields.extend({ version: namedVersion }),
  response: calendar,
})
export const deleteCalendar = endpoint({
  method: 'DELETE',
  path: '/api/v1/calendars/:id',
  access: 'settings.manage',
  tag,
  summary: 'Delete opening hours; inboxes that used them are always open',
  params,
})
