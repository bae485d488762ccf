import { z } from 'zod'
import { attachmentKinds } from './attachment-reference.ts'
import { formField } from './content.ts'
import { editVersion } from './edit-version.ts'
import { surveyScales } from './entries.ts'
import { leaveMessageSettings } from './left-message.ts'
import { hexColour, id, instant, localeCode, noNul, webUrl } from './primitives.ts'

export const widgetLocales = ['zh-CN', 'zh-TW', 'en', 'ja', 'ko', 'es', 'fr', 'de', 'pt-BR', 'ru', 'ar', 'vi'] as const
export type WidgetLocale = (typeof widgetLocales)[number]

export const look = z.object({
  colour: hexColour.default('#1f6feb'),
  logoUrl: webUrl.nullable().default(null),
  position: z.enum(['right', 'left']).default('right'),
  theme: z.enum(['auto', 'light', 'dark']).default('auto'),
  launcherText: z.string().max(40).default(''),
  /** CSS custom properties of the chat, e.g. `--qiao-radius: 4px`; names and values are checked, nothing else of CSS. */
  variables: z
    .record(
      z.string().regex(/^--qiao-[a-z-]{1,40}$/),
      z
        .string()
        .max(100)
        .regex(/^[^;{}<>\\]*$/),
    )
    .default({}),
})

/** Words of one language that replace the built-in ones. */
export const inboxWords = z.object({
  title: z.string().max(60).optional(),
  greeting: z.string().max(500).optional(),
  replyTime: z.string().max(200).optional(),
  away: z.string().max(500).optional(),
  closed: z.string().max(500).optional(),
  /** That a message which was left has arrived; `{number}` and `{expected}` are filled in. */
  messageLeft: z.string().max(500).optional(),
  silenceWarning: z.string().max(500).optional(),
  surveyQuestion: z.string().max(200).optional(),
})

/** What says by itself that a message or a letter has arrived, in one language, whichever it is. */
export const acknowledgement = z.object({
  language: localeCode,
  /** `{number}`, `{expected}` and `{company}` are filled in. */
  text: z.string().trim().min(1).max(2000).refine(noNul),
  /** What `{expected}` says; empty: the inbox's own words for it, or ours. */
  expected: z.string().max(200).refine(noNul).default(''),
})
export type Acknowledgement = z.infer<typeof acknowledgement>
const isEachOnce = (all: readonly Acknowledgement[]): boolean =>
  new Set(all.map(({ language }) => language.toLowerCase())).size === all.length

export const consent = z.object({ text: z.string().min(1).max(1000), linkLabel: z.string().max(100), url: webUrl })

export const inboxSettings = z.object({
  /** Whom it serves: anybody who comes, or the company's own staff, who sign in at its provider. */
  audience: z.enum(['customers', 'staff']).default('customers'),
  look: look.prefault({}),
  defaultLocale: z.enum(widgetLocales).default('zh-CN'),
  words: z.partialRecord(z.enum(widgetLocales), inboxWords).default({}),
  /** Before the built-in ones and those of `words` and `mail`: a language may be any. */
  acknowledgements: z.array(acknowledgement).max(50).refine(isEachOnce, 'Each language once').default([]),
  preChat: z
    .object({
      enabled: z.boolean().default(false),
      fields: z.array(formField).max(12).default([]),
      consent: consent.nullable().default(null),
      departments: z
        .array(z.object({ teamId: id, label: z.string().min(1).max(60) }))
        .max(20)
        .default([]),
    })
    .prefault({}),
  offline: z
    .object({
      /** What a visitor can do outside the hours. */
      mode: z.enum(['form', 'chat', 'closed']).default('form'),
      fields: z.array(formField).max(12).default([]),
      ...leaveMessageSettings,
    })
    .prefault({}),
  attachments: z
    .object({
      kinds: z.array(z.enum(attachmentKinds)).default([...attachmentKinds]),
      maxBytes: z
        .number()
        .int()
        .min(1024)
        .max(1_073_741_824)
        .default(50 * 1024 * 1024),
    })
    .prefault({}),
  voiceNotes: z.boolean().default(true),
  typingPreview: z.boolean().default(false),
  celebrations: z.array(z.string().min(1).max(16)).max(10).default(['🎉']),
  visitorMayClose: z.boolean().default(true),
  /** Inboxes of other channels in which visitors may go on with their chat, by a link or a code. */
  continueIn: z.array(id).max(10).default([]),
  transcript: z.object({ download: z.boolean().default(true), email: z.boolean().default(true) }).prefault({}),
  survey: z.object({ enabled: z.boolean().default(true), scale: z.enum(surveyScales).default('stars') }).prefault({}),
  /** A customer who writes within this time after closing reopens; later a new conversation starts. */
  reopenWithinMinutes: z.number().int().min(0).max(525_600).default(1440),
  autoClose: z
    .object({
      enabled: z.boolean().default(false),
      warnAfterMinutes: z.number().int().min(1).max(100_000).default(30),
      closeAfterMinutes: z.number().int().min(1).max(100_000).default(10),
    })
    .prefault({}),
  /** Which queue its conversations wait in; without one they wait for whoever takes them. */
  routing: z
    .object({
      queueId: id.nullable().default(null),
      /** A department of the pre-chat form may have a queue of its own. */
      departments: z
        .array(z.object({ teamId: id, queueId: id }))
        .max(20)
        .default([]),
    })
    .prefault({}),
  identity: z.object({ required: z.boolean().default(false) }).prefault({}),
  /** Of inboxes in which people write letters. */
  mail: z
    .object({
      /** Formatted; `{agent}` and `{inbox}` stand for their names. */
      signature: z.string().max(20_000).refine(noNul).default(''),
      /** That of the agent, from their settings, stands above it. */
      ownSignatures: z.boolean().default(true),
      /** What says by itself that a letter has arrived; `{number}` and `{expected}` are filled in. */
      acknowledgement: z
        .object({
          on: z.boolean().default(false),
          zh: z.string().max(2000).refine(noNul).default(''),
          en: z.string().max(2000).refine(noNul).default(''),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Sites that may embed the chat: `example.com` or `*.example.com`. Empty allows all. */
  allowedDomains: z
    .array(z.string().regex(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/))
    .max(100)
    .default([]),
})
export type InboxSettings = z.infer<typeof inboxSettings>

export const inbox = z.object({
  id,
  /** Which channel carries it; `web` is the chat on sites and in apps. */
  channel: z.string(),
  /** Public name in URLs and embed codes. */
  key: z.string(),
  name: z.string(),
  calendarId: id.nullable(),
  teamIds: z.array(id),
  settings: inboxSettings,
  pausedAt: instant.nullable(),
  createdAt: instant,
  ...editVersion.shape,
})
export type Inbox = z.infer<typeof inbox>

/** What the widget may know of an inbox: one cacheable document. */
export const widgetConfig = z.object({
  inbox: z.object({ key: z.string(), name: z.string() }),
  settings: inboxSettings.pick({
    audience: true,
    look: true,
    defaultLocale: true,
    words: true,
    preChat: true,
    offline: true,
    attachments: true,
    voiceNotes: true,
    typingPreview: true,
    celebrations: true,
    visitorMayClose: true,
    transcript: true,
    continueIn: true,
    survey: true,
    identity: true,
  }),
  hours: z
    .object({
      timeZone: z.string(),
      alwaysOpen: z.boolean(),
      weekly: z.array(z.array(z.object({ from: z.number(), to: z.number() }))),
      holidays: z.array(
        z.object({
          date: z.string(),
          name: z.string(),
          intervals: z.array(z.object({ from: z.number(), to: z.number() })),
        }),
      ),
    })
    .nullable(),
  paused: z.boolean(),
  /** Faces behind the chat, at most five. */
  team: z.array(z.object({ name: z.string(), avatarUrl: z.string().nullable() })),
})
export type WidgetConfig = z.infer<typeof widgetConfig>

export const locale = localeCode
