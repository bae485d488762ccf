import { z } from 'zod'
import { editVersion } from './edit-version.ts'
import { widgetLocales } from './inbox.ts'
import { topicKey } from './left-message.ts'
import { id, instant, localeCode, noNul, webUrl } from './primitives.ts'

/** The ACD's settings: what a queue, a skill, a profile and a code are. Who gets what is decided in `@qiao/routing`. */

const name = z.string().trim().min(1).max(100).refine(noNul)
const seconds = z.number().int().min(0).max(604_800)
export const skillLevel = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])

export const skill = z.object({ id, name })
export type Skill = z.infer<typeof skill>

/** Why an agent is away, or does not take an offer. */
export const reasonKinds = ['break', 'decline'] as const
const bothNames = z.object({ zh: name, en: name })
export const reasonCode = z.object({ id, kind: z.enum(reasonKinds), names: bothNames })
export type ReasonCode = z.infer<typeof reasonCode>

/** What became of a contact, chosen in the wrap-up. Without queues it is offered in all. */
export const dispositionCode = z.object({ id, names: bothNames, queueIds: z.array(id).max(200) })
export type DispositionCode = z.infer<typeof dispositionCode>

/** In a profile: all channels that it does not name. */
export const anyChannel = '*'

export const channelCost = z.object({
  /** Of the profile's units, while the customer is not silent. */
  units: z.number().int().min(0).max(1000),
  /** How many of this channel at once. */
  most: z.number().int().min(0).max(100),
  /** Channels whose work may come in between. */
  interruptedBy: z.array(z.string().max(40)).max(40).default([]),
})
export const capacityProfile = z.object({
  id,
  name,
  /** For agents without a profile of their own; exactly one is. */
  standard: z.boolean(),
  units: z.number().int().min(0).max(10_000),
  channels: z.record(z.string().max(40), channelCost),
  /** How far an agent may exceed the units by picking work by hand. */
  pickMarginUnits: z.number().int().min(0).max(10_000),
  ...editVersion.shape,
})
export type CapacityProfile = z.infer<typeof capacityProfile>

export const selectionPolicyNames = [
  'longest-idle',
  'most-free',
  'fewest-held',
  'round-robin',
  'best-skill',
  'weighted',
  'ring-all',
] as const

/** What is done with whom the queue cannot serve. `message` and `callback` are proposed to the customer, who may stay. */
export const overflowAction = z.discriminatedUnion('to', [
  z.object({ to: z.literal('wait') }),
  z.object({ to: z.literal('queue'), queueId: id }),
  z.object({ to: z.literal('callback') }),
  z.object({ to: z.literal('message') }),
  /** Hands the conversation to whatever answers webhooks of `conversation.queue-left`; it may be queued again by the API. */
  z.object({ to: z.literal('bot') }),
  z.object({ to: z.literal('closed') }),
])
export type OverflowAction = z.infer<typeof overflowAction>

const words = z.string().max(500)
export const queueWords = z.object({
  /** `{position}` and `{wait}` are filled in. */
  queued: words.optional(),
  moved: words.optional(),
  connecting: words.optional(),
  /** On channels without a live place; `{agent}` and `{number}` are filled in. */
  next: words.optional(),
  taken: words.optional(),
  long: words.optional(),
  full: words.optional(),
  closed: words.optional(),
})
export type QueueWords = z.infer<typeof queueWords>

export const wrapUpModes = ['off', 'optional', 'timed', 'mandatory'] as const

/** What may become of work whose agent goes offline: it stays theirs, or waits again at its old place. */
export const offlineWork = ['keep', 'queue'] as const
export type OfflineWork = (typeof offlineWork)[number]

export const queueSettings = z.object({
  order: z
    .object({
      by: z.enum(['wait', 'deadline']).default('wait'),
      perMinute: z.number().min(0).max(1000).default(1),
      most: z.number().min(0).max(1_000_000).default(1000),
    })
    .prefault({}),
  selection: z.enum(selectionPolicyNames).default('most-free'),
  /** Who serves it: the first group at once, later ones help with what has waited for so long. */
  groups: z
    .array(
      z.object({
        teamIds: z.array(id).max(200).default([]),
        agentIds: z.array(id).max(1000).default([]),
        afterSeconds: seconds.default(0),
      }),
    )
    .max(10)
    .default([]),
  /** What is asked of an agent, looser from step to step; the last one applies for good. */
  steps: z
    .array(
      z.object({
        needs: z
          .array(z.object({ skillId: id, level: skillLevel }))
          .max(20)
          .default([]),
        language: z.boolean().default(false),
        seconds: seconds.default(30),
      }),
    )
    .max(10)
    .default([]),
  /** Points for contacts whose attribute has this value: VIP, customer groups. */
  priorities: z
    .array(z.object({ attribute: z.string().min(1).max(64), value: z.string().max(200), points: z.number().int() }))
    .max(50)
    .default([]),
  /** Points for messages that were left on a topic, and for words in what the customer wrote first; all that fit add up. */
  topicPriorities: z
    .array(z.object({ topic: topicKey, points: z.number().int() }))
    .max(50)
    .default([]),
  wordPriorities: z
    .array(z.object({ words: z.array(z.string().trim().min(1).max(60)).min(1).max(20), points: z.number().int() }))
    .max(50)
    .default([]),
  lastAgent: z
    .object({ withinHours: z.number().int().min(1).max(8760), waitSeconds: seconds })
    .nullable()
    .default(null),
  /** The contact's attribute `owner` holds the number (工号) of the agent who looks after the account. */
  owner: z.object({ waitSeconds: seconds }).nullable().default(null),
  namedAgent: z.object({ waitSeconds: seconds }).prefault({ waitSeconds: 60 }),
  offer: z
    .object({
      mode: z.enum(['auto', 'ring']).default('ring'),
      seconds: z.number().int().min(5).max(3600).default(25),
      coolDownSeconds: seconds.default(120),
      /** So many missed offers in a row, and the agent is *not responding*. */
      misses: z.number().int().min(1).max(20).default(1),
    })
    .prefault({}),
  wrapUp: z
    .object({
      mode: z.enum(wrapUpModes).default('off'),
      seconds: z.number().int().min(5).max(3600).default(60),
      needsDisposition: z.boolean().default(false),
    })
    .prefault({}),
  limits: z
    .object({
      length: z.number().int().min(0).max(100_000).nullable().default(null),
      waitSeconds: seconds.nullable().default(null),
    })
    .prefault({}),
  overflow: z
    .object({
      whenFull: overflowAction.default({ to: 'message' }),
      whenLong: overflowAction.default({ to: 'wait' }),
      whenClosed: overflowAction.default({ to: 'message' }),
    })
    .prefault({}),
  /** Past this wait the customer is offered to leave a message or be called back. */
  alternatives: z
    .object({
      afterSeconds: seconds.default(60),
      message: z.boolean().default(true),
      callback: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * What those who wait on a channel that shows no live place are told in the chat itself. `most` counts what is said of the
   * place in one stay; how often says `everyMinutes`. `paid` is for channels on which every message costs money.
   */
  announcements: z
    .object({
      /** Of a wait that is shorter nothing is said. */
      shortSeconds: seconds.default(30),
      everyMinutes: z.number().int().min(1).max(1440).default(3),
      most: z.number().int().min(0).max(20).default(4),
      taken: z.boolean().default(true),
      /** Answers by which the customer leaves the queue or waits another way. */
      choices: z.boolean().default(true),
      /** Outside the hours, and when the queue is full. */
      closed: z.boolean().default(true),
      paid: z
        .object({
          most: z.number().int().min(0).max(20).default(2),
          /** Also that the place has halved; without it the beginning and that they are next. */
          moved: z.boolean().default(false),
          taken: z.boolean().default(false),
        })
        .prefault({}),
    })
    .prefault({}),
  service: z
    .object({
      percent: z.number().int().min(1).max(100).default(80),
      withinSeconds: z.number().int().min(1).max(86_400).default(60),
      shortAbandonSeconds: z.number().int().min(0).max(600).default(5),
    })
    .prefault({}),
  /** A customer who says nothing for so long frees the units until they write again; null never. */
  silentAfterMinutes: z.number().int().min(1).max(1440).nullable().default(10),
  /** A waiting customer who is gone for longer has left the queue; what was said stays as a message. */
  customerGraceSeconds: seconds.default(120),
  /** An agent who is gone for longer: the work stays, is queued again at its old place, or goes to the team. */
  agentGraceSeconds: seconds.default(60),
  whenAgentGone: z.enum(['keep', 'queue', 'team']).default('queue'),
  /** An agent goes offline with work in hand: what becomes of it, and whether they may say otherwise. */
  whenAgentOffline: z
    .object({ work: z.enum(offlineWork).default('keep'), agentMayChoose: z.boolean().default(true) })
    .prefault({}),
  words: z.partialRecord(z.enum(widgetLocales), queueWords).default({}),
  /** An endpoint of the company's that may choose among the eligible agents. */
  hook: z
    .object({ url: webUrl, milliseconds: z.number().int().min(100).max(5000).default(1000) })
    .nullable()
    .default(null),
})
export type QueueSettings = z.infer<typeof queueSettings>

export const queue = z.object({
  id,
  name,
  calendarId: id.nullable(),
  settings: queueSettings,
  pausedAt: instant.nullable(),
  createdAt: instant,
  ...editVersion.shape,
})
export type Queue = z.infer<typeof queue>

/** How an agent takes part: what they can, how much they take, the number (工号) that customers see. */
export const agentProfile = z.object({
  agentId: id,
  number: z.string().trim().max(20).nullable(),
  profileId: id.nullable(),
  languages: z.array(localeCode).max(20),
  skills: z.array(z.object({ skillId: id, level: skillLevel })).max(100),
  /** The share of work for `weighted`: 50 for who works half the day. */
  weight: z.number().int().min(0).max(1000),
  ...editVersion.shape,
})
export type AgentProfile = z.infer<typeof agentProfile>
