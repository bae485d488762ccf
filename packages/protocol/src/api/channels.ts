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
export const channelCapabilities = z.object({
  receives: z.array(z.string()),
  sends: z.array(z.string()),
  text: textLimits,
  attachments: z.partialRecord(z.enum(attachmentKinds), attachmentLimits),
  links: z.literal(false).optional().describe('Words that hold an address of a page are refused'),
  menu: z.object({ options: z.number(), label: z.number() }).nullable(),
  letters: z.literal(true).optional().describe('People write letters: with a subject, to several, answered in days'),
  writesFirst: z
    .enum(['words', 'template'])
    .optional()
    .describe('Who has never written can be written to: with any words, or with templates alone'),
  paid: z.literal(true).optional().describe('Every message that goes out is paid for'),
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
  reactions: directions.extend({
    only: z.array(z.string()).optional().describe('The emojis that agents can react with; absent: any'),
    why: words.optional().describe('Why agents cannot react here, where they can in other chats of the channel'),
  }),
  miniPrograms: z
    .enum(['any', 'own'])
    .optional()
    .describe(
      'Cards can open a page of a WeChat mini program: of any that is linked, or of the one that is chatted in',
    ),
  templates: z.boolean(),
  sessions: z
    .object({ give: words, giveAsk: words, end: words, endAsk: words })
    .optional()
    .describe(
      "People can have a customer's session in the provider's own app (`moveSession`): what moving it is called there, and what to know before",
    ),
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
  authorisation: z
    .object({ provider: words, ready: z.boolean(), granted: z.boolean(), redirectUri: z.string() })
    .nullable()
    .describe(
      'Access is granted by signing in at the provider, once it is `ready`: what that needs is saved. `redirectUri` has to be ' +
        'known there',
    ),
  access: z
    .object({
      state: z
        .enum(['unknown', 'good', 'failing', 'over'])
        .describe('`unknown`: entered a short while ago. `failing`: it could not be renewed the last time'),
      endsAt: instant.nullable().describe('Until when the access is good; null while nobody knows'),
      renewedAt: instant.nullable(),
      problem: deliveryProblem.nullable(),
    })
    .nullable()
    .describe('Of access that runs out and is renewed by the server in time; null where it does not'),
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

export const beginChannelAccess = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/access',
  access: 'inboxes.manage',
  tag,
  summary: 'Begin to grant access at the provider: the address to go to, for this browser and for a quarter of an hour',
  params,
  response: z.object({ url: z.string() }),
})
const ofProvider = z.string().min(1).max(4_096)
export const finishChannelAccess = endpoint({
  method: 'POST',
  path: '/api/v1/channels/access',
  access: 'inboxes.manage',
  tag,
  summary: 'Take what the provider answered; works once, and only in the browser in which it was begun',
  body: z.object({
    state: ofProvider,
    code: ofProvider.optional(),
    error: z.string().max(200).optional(),
    errorDescription: z.string().max(4_096).optional(),
  }),
  response: z.object({
    inboxId: id.nullable().describe('Null where nobody knows of what was begun'),
    problem: deliveryProblem.nullable(),
  }),
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

export const replayDeadLetters = endpoint({
  method: 'POST',
  path: '/api/v1/inboxes/:id/account/dead-letters/replay',
  access: 'inboxes.manage',
  tag,
  summary: 'Work off everything once more that came in and could not be understood or worked off',
  params,
  body: z.object({ direction: z.literal('in').describe('What went out is sent again one by one') }),
  response: z.object({ count: z.number().int() }),
})

const ofMessage = z.object({ clientKey, targetId: id.describe('The entry of the message') })
export const resendMessage = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/resend',
  access: 'conversations.work',
  tag,
  summary:
    'Send a message again that failed, or of which nobody knows; of a mail to several only to those who missed it',
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
