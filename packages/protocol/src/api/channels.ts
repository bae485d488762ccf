import { z } from 'zod'
import { attachmentKinds } from '../attachment-reference.ts'
import { endpoint } from '../endpoint.ts'
import { namedVersion } from '../edit-version.ts'
import { deliveryProblem } from '../entries.ts'
import { clientKey, id, instant, page } from '../primitives.ts'
import { appended } from './conversations.ts'

const tag = 'Channels'
const params = z.object({ id })
const words = z.object({ zh: z.string(), en: z.string() })

/** What a channel can do. Durations in milliseconds, sizes in bytes. */
const textLimits = z.object({
  most: z.number(),
  unit: z.enum(['characters', 'utf-16', 'bytes', 'segments']),
  splits: z.boolean().describe('A longer text goes out as several messages'),
})
const attachmentLimits = z.object({
  mimes: z.array(z.string()),
  bytes: z.number(),
  caption: z.number(),
  durationMs: z.number().optional(),
  convertTo: z.string().optional(),
})
const allowance = z.object({ ms: z.number(), messages: z.number().nullable() })
const directions = z.object({ in: z.boolean(), out: z.boolean() })
const channelCapabilities = z.object({
  receives: z.array(z.string()),
  sends: z.array(z.string()),
  text: textLimits,
  attachments: z.partialRecord(z.enum(attachmentKinds), attachmentLimits),
  menu: z.object({ options: z.number(), label: z.number() }).nullable(),
  letters: z.literal(true).optional().describe('People write letters: with a subject, to several, answered in days'),
  window: z
    .object({
      message: allowance,
      acts: z.record(z.string(), allowance).optional(),
      afterwards: z.array(z.enum(['template', 'human-agent'])),
      humanAgentMs: z.number().optional(),
    })
    .nullable(),
  receipts: z.array(z.enum(['sent', 'delivered', 'read', 'failed'])),
  typing: directions,
  replyTo: z.boolean(),
  edits: directions,
  recalls: directions,
  reactions: directions,
  templates: z.boolean(),
  groups: z.boolean(),
  echoes: z.boolean(),
})

export type ChannelCapabilities = z.infer<typeof channelCapabilities>

export const channelInfo = z.object({
  id: z.string(),
  name: words,
  summary: words,
  colour: z.string(),
  icon: z.string().describe('Path data in a 24 × 24 box'),
  docs: z.string(),
  capabilities: channelCapabilities,
  form: z
    .record(z.string(), z.unknown())
    .describe('JSON Schema of the configuration; fields carry `title` and `help` in both languages, and `secret`'),
  connects: z.boolean().describe('Can tell the provider where to call'),
  called: z.boolean().describe('The provider calls us'),
  menus: z.boolean().describe('Its chats have a menu that can be edited'),
  templates: z.boolean().describe('Its accounts have messages whose words the provider approves'),
  entrances: z.boolean().describe('It has links or codes that bring customers in with a parameter'),
})
export type ChannelInfo = z.infer<typeof channelInfo>

export const listChannels = endpoint({
  method: 'GET',
  path: '/api/v1/channels',
  access: 'inboxes.read',
  tag,
  summary: 'List the channels that inboxes can be of, beside web chat',
  response: z.object({ channels: z.array(channelInfo) }),
})

export const listChannelLooks = endpoint({
  method: 'GET',
  path: '/api/v1/channel-looks',
  access: 'inboxes.read',
  tag,
  summary: 'List names and icons of the channels',
  response: z.object({ channels: z.array(channelInfo.pick({ id: true, name: true, colour: true, icon: true })) }),
})

const config = z.record(z.string().max(60), z.unknown())
export const channelAccount = z.object({
  channel: z.string(),
  config: config.nullable().describe('Without its secrets, which are never read back; null until it is filled in'),
  secretsSet: z.array(z.string()),
  previousUntil: instant.nullable().describe('Until then the provider may still use the older secrets'),
  callbackUrl: z.string(),
  capabilities: channelCapabilities.describe('Of this account; of some channels each has its own'),
  setup: z.array(z.object({ label: words, value: z.string() })).describe("What to copy into the provider's pages"),
  version: z.number().int(),
  changedAt: instant.nullable(),
  changedBy: id.nullable(),
})
export type ChannelAccount = z.infer<typeof channelAccount>

export const readChannelAccount = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/account',
  access: 'inboxes.manage',
  tag,
  summary: "Read an inbox's configuration at its provider",
  params,
  response: channelAccount,
})
export const saveChannelAccount = endpoint({
  method: 'PUT',
  path: '/api/v1/inboxes/:id/account',
  access: 'inboxes.manage',
  tag,
  summary: 'Replace the configuration; a secret that is left out stays as it is, one that is null is removed',
  params,
  body: z.object({
    version: namedVersion,
    config,
    keepOldHours: z
      .number()
      .int()
      .min(0)
      .max(720)
      .optional()
      .describe(
        'How long the older secrets are still accepted; 24 where it is left out. Without a new secret it can only ' +
          'shorten what is left to the older ones',
      ),
  }),
  response: channelAccount,
})

export const finding = z.object({ ok: z.boolean(), words })
export const checkChannelAccount = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/check',
  access: 'inboxes.manage',
  tag,
  summary: 'Ask the provider whether the configuration works',
  params,
  response: z.object({ findings: z.array(finding) }),
})
const outcome = z.object({ problem: deliveryProblem.nullable() })
export const connectChannelAccount = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/connect',
  access: 'inboxes.manage',
  tag,
  summary: 'Tell the provider where to call',
  params,
  response: outcome,
})
export const disconnectChannelAccount = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/disconnect',
  access: 'inboxes.manage',
  tag,
  summary: 'Tell the provider to call no more',
  params,
  response: outcome,
})

export const accountStates = ['unset', 'paused', 'failing', 'working'] as const
const accountState = z
  .enum(accountStates)
  .describe('`unset`: not filled in. `failing`: the account had a problem, and nothing has gone out since')

export const listChannelAccounts = endpoint({
  method: 'GET',
  path: '/api/v1/channels/accounts',
  access: 'inboxes.manage',
  tag,
  summary: 'How the inboxes of channels are doing, in one answer',
  response: z.object({
    accounts: z.array(
      z.object({
        inboxId: id,
        state: accountState,
        lastProblem: deliveryProblem.nullable(),
        lastProblemAt: instant.nullable(),
      }),
    ),
  }),
})

export const channelStatus = z.object({
  configured: z.boolean(),
  state: accountState,
  pausedAt: instant.nullable(),
  lastReceivedAt: instant.nullable(),
  lastSentAt: instant.nullable(),
  lastProblem: deliveryProblem.nullable(),
  lastProblemAt: instant.nullable(),
  refused: z.object({
    count: z.number().int().describe('Calls that were not from the provider'),
    lastAt: instant.nullable(),
    last: z.string().nullable(),
  }),
  incoming: z.object({ waiting: z.number().int(), failed: z.number().int(), unknown: z.number().int() }),
  outgoing: z.object({ waiting: z.number().int(), failed: z.number().int(), unknown: z.number().int() }),
})
export type ChannelStatus = z.infer<typeof channelStatus>
export const readChannelStatus = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/account/status',
  access: 'inboxes.manage',
  tag,
  summary: 'What waits, what failed and what the provider said last',
  params,
  response: channelStatus,
})

export const deadLetter = z.object({
  id: z.string(),
  direction: z.enum(['in', 'out']),
  state: z.enum(['failed', 'unknown']),
  at: instant,
  reason: z.string().nullable(),
  problem: deliveryProblem.nullable(),
  conversationId: id.nullable(),
  entryId: id.nullable(),
  content: z.unknown().describe("What the provider sent, or the requests that were made, as the provider's own"),
})
export const listDeadLetters = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/account/dead-letters',
  access: 'inboxes.manage',
  tag,
  summary: 'What could not be understood, worked off or delivered, newest first',
  params,
  query: z.object({
    direction: z.enum(['in', 'out']).optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: page(deadLetter),
})
const letterParams = params.extend({ letterId: z.string().regex(/^(in-\d{1,18}|out-[0-9a-f-]{36})$/) })
export const readDeadLetter = endpoint({
  method: 'GET',
  path: '/api/v1/inboxes/:id/account/dead-letters/:letterId',
  access: 'inboxes.manage',
  tag,
  summary: 'What became of one, after it was replayed',
  params: letterParams,
  response: deadLetter
    .pick({ id: true, reason: true, problem: true })
    .extend({ state: z.enum(['waiting', 'done', 'failed', 'unknown', 'dismissed']) }),
})
export const replayDeadLetter = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/dead-letters/:letterId/replay',
  access: 'inboxes.manage',
  tag,
  summary: 'Work it off or send it once more',
  params: letterParams,
})

/** What may be sent to the customer of a conversation now, and what the channel can carry. */
export const replyPolicy = z.object({
  channel: z.string(),
  free: z
    .object({ closesAt: instant.nullable(), left: z.number().int().nullable().describe('Messages; null: any number') })
    .nullable(),
  humanAgent: z.object({ closesAt: instant }).nullable().describe("People's answers only, after the ordinary window"),
  template: z.boolean(),
  why: z.string().nullable().describe('Code of why free words cannot be sent'),
  limits: channelCapabilities
    .pick({ sends: true, text: true, attachments: true, menu: true, replyTo: true, templates: true, letters: true })
    .nullable()
    .describe('Null: no limits but our own'),
})
export type ReplyPolicy = z.infer<typeof replyPolicy>
export const readReplyPolicy = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/reply-policy',
  access: 'conversations.read',
  tag,
  summary: 'What may be sent to the customer now',
  params,
  response: replyPolicy,
})

export const outlet = z.object({
  identityId: id,
  inboxId: id,
  channel: z.string(),
  address: z.string(),
  own: z.boolean().describe('The way by which the conversation goes unless another is named'),
  latest: z.boolean().describe('The customer wrote this way last'),
  wished: z
    .literal(true)
    .optional()
    .describe(
      'Asked for with a message that was left; the address is a claim, so the customer does not see what is said there',
    ),
  open: z.boolean().describe('Free words can be sent this way now'),
  template: z.boolean(),
  why: z.string().nullable().describe('Code of why free words cannot be sent'),
})
export type ConversationOutlet = z.infer<typeof outlet>
export const listOutlets = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/outlets',
  access: 'conversations.read',
  tag,
  summary: 'List the ways by which the customer of a conversation can be answered, and why others cannot be used now',
  params,
  response: z.object({ outlets: z.array(outlet) }),
})

const ofMessage = z.object({ clientKey, targetId: id.describe('The entry of the message') })
export const resendMessage = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/resend',
  access: 'conversations.work',
  tag,
  summary: 'Send a message again that failed, or of which nobody knows',
  params,
  body: ofMessage,
  response: appended,
})
export const dismissMessage = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/dismiss',
  access: 'conversations.work',
  tag,
  summary: 'Leave a message that failed, or of which nobody knows, at that',
  params,
  body: ofMessage,
  response: appended,
})
