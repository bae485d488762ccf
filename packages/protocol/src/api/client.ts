import { z } from 'zod'
import { formValues, visitorContent } from '../content.ts'
import { deviceInfo, entry, pageInfo } from '../entries.ts'
import { endpoint } from '../endpoint.ts'
import { widgetConfig, widgetLocales } from '../inbox.ts'
import { answerBy, mostLeftFiles, topicKey } from '../left-message.ts'
import { attributes, clientKey, email, id, localeCode } from '../primitives.ts'
import { publicAgent, visitorConversation } from '../visitor-view.ts'
import { queuePlace } from '../work.ts'

/** The client API: what a visitor's chat, an app or a mini program of the company's own calls. */
const tag = 'Client'
const params = z.object({ id })
const inboxParams = z.object({ key: z.string().min(1).max(64) })

export const visitor = z.object({
  contactId: id,
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  identified: z.boolean(),
})

export const readWidgetConfig = endpoint({
  method: 'GET',
  path: '/api/client/v1/inboxes/:key/config',
  access: 'public',
  tag,
  summary: 'Look, words, forms and hours of an inbox; cacheable',
  params: inboxParams,
  response: widgetConfig,
})

/** Unsigned presets are what the page claims; only a signed token makes a contact verified. */
export const presets = z.object({
  name: z.string().max(200).optional(),
  email: email.optional(),
  phone: z.string().max(40).optional(),
  attributes: attributes.optional(),
})

export const openVisitorSession = endpoint({
  method: 'POST',
  path: '/api/client/v1/inboxes/:key/sessions',
  access: 'public',
  tag,
  summary: 'Become a visitor: give a token for all other calls',
  description:
    'Called when the visitor first acts. With `identity` (HS256 JWT of the inbox secret) the visitor is that customer; with the token of an anonymous visitor as well, the chat so far comes along.',
  params: inboxParams,
  body: z.object({
    identity: z.string().max(4096).optional(),
    anonymousToken: z.string().max(2048).optional(),
    presets: presets.optional(),
    language: localeCode.optional(),
    device: deviceInfo.optional(),
  }),
  status: 201,
  response: z.object({ token: z.string(), visitor }),
})

export const readVisitor = endpoint({
  method: 'GET',
  path: '/api/client/v1/me',
  access: 'visitor',
  tag,
  summary: 'Who the token stands for, with all conversations, newest first',
  response: z.object({
    visitor,
    conversations: z.array(visitorConversation),
    agents: z.array(publicAgent),
    places: z.array(queuePlace).describe('In queues, where known'),
  }),
})
export const updateVisitor = endpoint({
  method: 'PATCH',
  path: '/api/client/v1/me',
  access: 'visitor',
  tag,
  summary: 'Set what the page knows of the visitor',
  body: presets.extend({ language: localeCode.optional() }),
  response: visitor,
})
export const endVisitorSession = endpoint({
  method: 'DELETE',
  path: '/api/client/v1/me',
  access: 'visitor',
  tag,
  summary: 'Log out: the token stops working everywhere',
})

export const preChatAnswers = z.object({
  values: formValues,
  consent: z.boolean().default(false),
  departmentTeamId: id.optional(),
})

/** One path for a first and for every later message; the server finds or starts the conversation. */
export const sendVisitorMessage = endpoint({
  method: 'POST',
  path: '/api/client/v1/messages',
  access: 'visitor',
  tag,
  summary: 'Send a message; starts or reopens a conversation where needed',
  body: z.object({
    clientKey,
    /** The conversation on screen; null asks for a new one. Past the reopen window a new one starts by itself. */
    conversationId: id.nullable(),
    content: visitorContent,
    replyToId: id.optional(),
    preChat: preChatAnswers.optional(),
    /** The number (工号) of the agent whom the link or the page names. */
    wantsAgent: z.string().trim().min(1).max(20).optional(),
    page: pageInfo.optional(),
    device: deviceInfo.optional(),
  }),
  response: z.object({ conversation: visitorConversation, entries: z.array(entry) }),
})
export const leaveMessage = endpoint({
  method: 'POST',
  path: '/api/client/v1/offline-messages',
  access: 'visitor',
  tag,
  summary: 'Leave a message outside the hours, out of a queue, or where the inbox always takes them',
  body: z.object({
    clientKey,
    values: formValues,
    text: z.string().trim().min(1).max(4000),
    topic: topicKey.optional(),
    /** The visitor's uploads. */
    attachmentIds: z.array(id).max(mostLeftFiles).default([]),
    answerBy: answerBy.default({ way: 'chat' }),
    /** The conversation that waits in a queue: the message is left in it, and it stops waiting. */
    conversationId: id.nullable().default(null),
    page: pageInfo.optional(),
  }),
  response: z.object({ conversation: visitorConversation, entries: z.array(entry) }),
})

export const readVisitorEntries = endpoint({
  method: 'GET',
  path: '/api/client/v1/conversations/:id/entries',
  access: 'visitor',
  tag,
  summary: 'Read a part of the timeline, numbered for the visitor',
  params,
  query: z.object({
    before: z.coerce.number().int().positive().optional(),
    after: z.coerce.number().int().nonnegative().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  response: z.object({
    entries: z.array(entry),
    conversation: visitorConversation,
    agents: z.array(publicAgent),
    hasMore: z.boolean(),
  }),
})
export const markVisitorRead = endpoint({
  method: 'POST',
  path: '/api/client/v1/conversations/:id/marks',
  access: 'visitor',
  tag,
  summary: 'Say what was delivered and read',
  params,
  body: z.object({
    deliveredSeq: z.number().int().nonnegative().optional(),
    readSeq: z.number().int().nonnegative().optional(),
  }),
})
export const closeVisitorConversation = endpoint({
  method: 'POST',
  path: '/api/client/v1/conversations/:id/close',
  access: 'visitor',
  tag,
  summary: 'End the chat',
  params,
  body: z.object({ clientKey }),
  response: z.object({ entries: z.array(entry) }),
})
export const leaveQueue = endpoint({
  method: 'POST',
  path: '/api/client/v1/conversations/:id/leave-queue',
  access: 'visitor',
  tag,
  summary: 'Wait no longer: leave, leave a message, or be called back at the same place',
  params,
  body: z.object({
    clientKey,
    instead: z.enum(['nothing', 'message', 'callback']),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[\d ()-]{5,30}$/)
      .optional()
      .describe('Needed for a callback'),
  }),
  response: z.object({ entries: z.array(entry) }),
})
export const answerSurvey = endpoint({
  method: 'POST',
  path: '/api/client/v1/conversations/:id/survey',
  access: 'visitor',
  tag,
  summary: 'Rate the conversation; may be changed until the survey ends',
  params,
  body: z.object({
    clientKey,
    surveyId: id,
    score: z.number().int().min(1).max(5),
    comment: z.string().trim().max(4000).optional(),
  }),
  response: z.object({ entries: z.array(entry) }),
})
export const readTranscript = endpoint({
  method: 'GET',
  path: '/api/client/v1/conversations/:id/transcript',
  access: 'visitor',
  tag,
  summary: 'The conversation as plain text',
  params,
  query: z.object({ language: z.enum(widgetLocales).optional(), timeZone: z.string().max(64).optional() }),
  response: z.object({ fileName: z.string(), text: z.string() }),
})
export const mailTranscript = endpoint({
  method: 'POST',
  path: '/api/client/v1/conversations/:id/transcript',
  access: 'visitor',
  tag,
  summary: 'Send the conversation by e-mail',
  params,
  body: z.object({ email, language: z.enum(widgetLocales).optional(), timeZone: z.string().max(64).optional() }),
  status: 202,
  response: z.object({ queued: z.literal(true) }),
})
export const trackVisitor = endpoint({
  method: 'POST',
  path: '/api/client/v1/track',
  access: 'visitor',
  tag,
  summary: 'Pages seen and events of the page',
  body: z.object({
    pages: z.array(pageInfo).max(20).default([]),
    events: z
      .array(z.object({ name: z.string().min(1).max(100), properties: attributes.default({}) }))
      .max(20)
      .default([]),
  }),
})
