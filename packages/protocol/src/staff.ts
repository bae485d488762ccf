import { z } from 'zod'
import { id, instant, localeCode, noNul } from './primitives.ts'
import { role } from './roles.ts'

export const team = z.object({
  id,
  name: z.string(),
  description: z.string(),
  agentIds: z.array(id),
  inboxIds: z.array(id),
})
export type Team = z.infer<typeof team>

export const agent = z.object({
  id,
  name: z.string(),
  /** What customers see; falls back to the name. */
  publicName: z.string().nullable(),
  email: z.string(),
  role,
  avatarUrl: z.string().nullable(),
  teamIds: z.array(id),
  twoFactorEnabled: z.boolean(),
  disabledAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
})
export type Agent = z.infer<typeof agent>

const reminder = z.object({ sound: z.boolean(), desktop: z.boolean(), title: z.boolean() })
const preferenceFields = z.object({
  language: z.enum(['zh-CN', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['comfortable', 'compact']),
  sendWith: z.enum(['enter', 'mod-enter']),
  panelOrder: z.array(z.string()),
  reminders: z.record(z.enum(['new', 'assigned', 'message', 'unanswered', 'idle', 'closing', 'mention']), reminder),
  unansweredAfterSeconds: z.number().int().min(15).max(86_400),
  idleAfterSeconds: z.number().int().min(60).max(86_400),
  /** Below own letters, formatted; `{agent}` and `{inbox}` stand for their names. */
  signature: z.string().max(20_000).refine(noNul),
})
/** What an update names and nothing more: a schema with defaults would fill them in even when it is made partial. */
export const preferencesChange = preferenceFields.partial()
export type PreferencesChange = z.infer<typeof preferencesChange>

const { shape } = preferenceFields
/** Everything an agent can switch for themself; stored as one document, unknown keys dropped on read. */
export const preferences = z.object({
  language: shape.language.default('zh-CN'),
  theme: shape.theme.default('system'),
  density: shape.density.default('comfortable'),
  sendWith: shape.sendWith.default('enter'),
  panelOrder: shape.panelOrder.default([]),
  reminders: shape.reminders.default({
    new: { sound: true, desktop: true, title: true },
    assigned: { sound: true, desktop: true, title: true },
    message: { sound: true, desktop: false, title: true },
    unanswered: { sound: true, desktop: true, title: true },
    idle: { sound: false, desktop: false, title: true },
    closing: { sound: false, desktop: false, title: true },
    mention: { sound: true, desktop: true, title: true },
  }),
  unansweredAfterSeconds: shape.unansweredAfterSeconds.default(120),
  idleAfterSeconds: shape.idleAfterSeconds.default(600),
  signature: shape.signature.default(''),
})
export type Preferences = z.infer<typeof preferences>

export const me = agent.extend({ preferences, timeZone: z.string().nullable(), inboxIds: z.array(id).nullable() })
export type Me = z.infer<typeof me>

export const invitation = z.object({
  id,
  email: z.string(),
  role,
  teamIds: z.array(id),
  createdAt: instant,
  expiresAt: instant,
})
export const apiKey = z.object({
  id,
  name: z.string(),
  /** The first characters, enough to recognise it. */
  prefix: z.string(),
  role,
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
})
export const signedInDevice = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: instant,
  lastActiveAt: instant,
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
})
export const auditEvent = z.object({
  id,
  at: instant,
  agentId: id.nullable(),
  action: z.string(),
  targetType: z.string(),
  targetId: z.string().nullable(),
  details: z.unknown(),
  ipAddress: z.string().nullable(),
})
export const organisation = z.object({ name: z.string(), defaultLanguage: localeCode, timeZone: z.string() })
