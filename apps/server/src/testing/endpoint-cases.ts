import { uuidv7 } from 'uuidv7'
import { addQueue } from './add-queue.ts'
import { type Case, fine, key, missing, nowhere, ofConversation, plain, text, toEntry } from './endpoint-case.ts'
import { mailCases } from './mail-endpoint-cases.ts'
import { sendingCases } from './sending-endpoint-cases.ts'
import { visitorCases } from './visitor-endpoint-cases.ts'

const token = { token: 'x'.repeat(40) }
const week = Array.from({ length: 7 }, () => [])
const ofContact = (body?: () => object): Case => ({
  sight: 'contact',
  request: ({ contactId }) => ({ params: { id: contactId }, ...(body ? { body: body() } : {}) }),
})
const administered = (path: string, body: () => object, change?: object | (() => object)): Case => ({
  request: async ({ company }) => {
    const made = await company.must('POST', path, company.admin.credentials, body())
    const id: string = made.id ?? (made.webhook ?? made.invitation ?? made.key).id
    return {
      params: { id },
      ...(change === undefined ? {} : { body: typeof change === 'function' ? change() : change }),
    }
  },
})

const team = () => ({ name: `Team ${uuidv7()}` })
const inbox = () => ({ name: 'Another' })
const onChannel = () => ({ name: 'Another', channel: 'open-channel' })
const calendar = () => ({ name: 'Hours', timeZone: 'UTC', weekly: week })
const hook = () => ({ url: 'https://example.com/hook' })
const invitation = () => ({ email: `${uuidv7()}@example.com`, role: 'agent' })
const apiKey = () => ({ name: 'Key', role: 'agent' })
const queue = () => ({ name: `Queue ${uuidv7()}` })
const skill = () => ({ name: `Skill ${uuidv7()}` })
const capacity = () => ({ name: 'Half', standard: false, units: 50, channels: {}, pickMarginUnits: 0 })
const names = { zh: '用餐', en: 'Meal' }
const reason = () => ({ kind: 'break', names })
const disposition = () => ({ names })

const template = { name: 'hello', language: 'en', category: 'utility', text: 'Hello' }
const ofTemplate = (given: { body?: object }): Case => ({
  request: () => ({ params: { ...nowhere(), name: template.name }, ...given }),
  alsoFine: ['not-found'],
})
const ofCode = (): Case => ({
  request: () => ({ params: { ...nowhere(), codeId: uuidv7() } }),
  alsoFine: ['not-found'],
})

/** How each endpoint is called so that a caller who may call it gets through. The walk fails for one that is not here. */
export const endpointCases: Record<string, Case> = {
  readSetup: plain(),
  completeSetup: fine(
    plain(() => ({ organisationName: 'X', name: 'X', email: 'x@example.com', password: 'long enough 1' })),
    'setup-already-done',
  ),
  readInvitation: fine(
    plain(() => token),
    'invitation-invalid',
  ),
  acceptInvitation: fine(
    plain(() => ({ ...token, name: 'X', password: 'long enough 1' })),
    'invitation-invalid',
  ),
  readMe: plain(),
  updateMe: plain(() => ({ timeZone: 'UTC' })),
  listDevices: plain(),
  revokeDevice: missing(),
  listAgents: plain(),
  updateAgent: { request: ({ company }) => ({ params: { id: company.spare.id }, body: { role: 'agent' } }) },
  listInvitations: plain(),
  inviteAgent: plain(invitation),
  revokeInvitation: administered('/api/v1/invitations', invitation),
  listTeams: plain(),
  createTeam: plain(team),
  updateTeam: administered('/api/v1/teams', team, { name: `Renamed ${uuidv7()}` }),
  deleteTeam: administered('/api/v1/teams', team),
  listApiKeys: plain(),
  createApiKey: plain(apiKey),
  revokeApiKey: administered('/api/v1/api-keys', apiKey),
  listAuditEvents: plain(),
  updateOrganisation: plain(() => ({ name: 'Example', defaultLanguage: 'en', timeZone: 'UTC' })),

  listInboxes: plain(),
  createInbox: plain(inbox),
  updateInbox: administered('/api/v1/inboxes', inbox, { name: 'Renamed', version: 1 }),
  deleteInbox: administered('/api/v1/inboxes', inbox),
  listInboxSecrets: administered('/api/v1/inboxes', inbox),
  rotateInboxSecret: administered('/api/v1/inboxes', inbox, {}),
  readSignIn: administered('/api/v1/inboxes', inbox),
  saveSignIn: administered('/api/v1/inboxes', inbox, {
    version: 0,
    fields: { issuer: 'https://login.example.com', clientId: 'qiao' },
  }),
  checkSignIn: administered('/api/v1/inboxes', inbox),
  listCalendars: plain(),
  createCalendar: plain(calendar),
  updateCalendar: administered('/api/v1/calendars', calendar, { ...calendar(), version: 1 }),
  deleteCalendar: administered('/api/v1/calendars', calendar),

  listChannels: plain(),
  listChannelAccounts: plain(),
  readChannelAccount: administered('/api/v1/inboxes', onChannel),
  saveChannelAccount: fine(administered('/api/v1/inboxes', onChannel, { version: 1, config: {} }), 'invalid-input'),
  checkChannelAccount: fine(administered('/api/v1/inboxes', onChannel), 'conflict'),
  connectChannelAccount: fine(administered('/api/v1/inboxes', onChannel), 'conflict'),
  disconnectChannelAccount: fine(administered('/api/v1/inboxes', onChannel), 'conflict'),
  beginChannelAccess: fine(administered('/api/v1/inboxes', onChannel), 'conflict'),
  finishChannelAccess: plain(() => ({ state: 'nobody-began-it', code: 'x' })),
  readChannelStatus: administered('/api/v1/inboxes', onChannel),
  listDeadLetters: administered('/api/v1/inboxes', onChannel),
  replayDeadLetters: administered('/api/v1/inboxes', onChannel, { direction: 'in' }),
  readDeadLetter: {
    request: () => ({ params: { ...nowhere(), letterId: 'in-1' } }),
    alsoFine: ['not-found'],
  },
  replayDeadLetter: {
    request: () => ({ params: { ...nowhere(), letterId: 'in-1' } }),
    alsoFine: ['not-found'],
  },
  listChannelLooks: plain(),
  listOutlets: ofConversation(),
  readMenu: fine(administered('/api/v1/inboxes', onChannel), 'conflict'),
  saveMenu: fine(administered('/api/v1/inboxes', onChannel, { revision: 'x', menu: { entries: [] } }), 'conflict'),
  removeMenu: {
    request: () => ({ params: nowhere(), query: { revision: 'x' } }),
    alsoFine: ['not-found'],
  },
  listEntranceCodes: administered('/api/v1/inboxes', onChannel),
  createEntranceCode: fine(administered('/api/v1/inboxes', onChannel, { name: 'Window' }), 'conflict'),
  updateEntranceCode: {
    request: () => ({
      params: { ...nowhere(), codeId: uuidv7() },
      body: { name: 'Window', leadsTo: {} },
    }),
    alsoFine: ['not-found'],
  },
  renewEntranceCode: ofCode(),
  readEntranceQr: ofCode(),
  deleteEntranceCode: ofCode(),
  listTemplates: missing(),
  refreshTemplates: missing(),
  createTemplate: fine(administered('/api/v1/inboxes', onChannel, template), 'conflict'),
  editTemplate: ofTemplate({ body: template }),
  removeTemplate: ofTemplate({}),
  readReplyPolicy: ofConversation(),
  allowMessages: ofConversation(key),
  // Of web chat, which has no sessions.
  moveSession: fine(
    ofConversation(() => ({ ...key(), to: 'theirs' })),
    'session-not-moved',
  ),
  listPrivateReplies: ofConversation(),
  replyPrivately: fine(ofConversation(toEntry), 'content-not-sendable'),
  previewReply: ofConversation(() => ({ contents: [text] })),
  resendMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7() })),
    'not-found',
  ),
  listTries: ofConversation(),
  tryNow: ofConversation(() => ({ ...key(), targetId: uuidv7() })),
  giveUpMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7() })),
    'not-found',
  ),
  dismissMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7() })),
    'not-found',
  ),

  listContacts: plain(),
  readContact: ofContact(),
  createContact: plain(() => ({ name: 'New' })),
  updateContact: ofContact(() => ({ name: 'Changed' })),
  blockContact: ofContact(() => ({ blocked: false })),
  mergeContacts: {
    sight: 'contact',
    request: async ({ company, contactId }) => {
      const { contactId: otherId } = await company.visitor()
      return { params: { id: contactId }, body: { ...key(), otherId } }
    },
  },
  listMerges: ofContact(),
  undoMerge: {
    sight: 'contact',
    request: async ({ company, contactId }) => {
      const { contactId: otherId } = await company.visitor()
      const path = `/api/v1/contacts/${contactId}/merges`
      const { merge } = await company.must('POST', path, company.admin.credentials, { ...key(), otherId })
      return { params: { id: merge.id } }
    },
  },
  suggestMerges: ofContact(),
  listMergeSuggestions: plain(),
  keepApart: {
    sight: 'contact',
    request: async ({ company, contactId }) => {
      const { contactId: otherId } = await company.visitor()
      return { params: { id: contactId }, body: { otherId } }
    },
  },
  createBindLink: ofConversation(),
  listContactConversations: { request: ({ contactId }) => ({ params: { id: contactId } }) },

  listConversations: { request: () => ({ query: { view: 'all' } }) },
  countConversations: plain(),
  listTags: plain(),
  readConversation: ofConversation(),
  readTimeline: ofConversation(),
  startConversation: {
    sight: 'contact',
    request: ({ company, contactId }) => ({
      body: { ...key(), contactId, inboxId: company.inboxes.first.id, content: text },
    }),
  },
  sendReply: ofConversation(() => ({ ...key(), content: text })),
  addNote: ofConversation(() => ({ ...key(), text: 'note' })),
  editMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7(), content: text })),
    'not-found',
  ),
  recallMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7() })),
    'not-found',
  ),
  assignConversation: ofConversation(() => ({ ...key(), agentId: null })),
  transferConversation: ofConversation(({ company }) => ({ ...key(), agentId: null, teamId: company.teams.first })),
  tagConversation: ofConversation(() => ({ ...key(), add: ['vip'] })),
  mergeConversation: {
    sight: 'conversation',
    request: async ({ company, conversationId, contactId }) => {
      const begun = await company.must('POST', '/api/v1/conversations', company.admin.credentials, {
        ...key(),
        contactId,
        inboxId: company.inboxes.first.id,
        content: text,
      })
      return { params: { id: conversationId }, body: { ...key(), intoId: begun.item.conversation.id } }
    },
  },
  unmergeConversation: fine(
    ofConversation(() => key()),
    'not-found',
  ),
  splitConversation: {
    sight: 'conversation',
    request: async ({ company, conversationId }) => {
      const { entries } = await company.must(
        'GET',
        `/api/v1/conversations/${conversationId}/entries`,
        company.admin.credentials,
      )
      const message = entries.find(({ kind }: { kind: string }) => kind === 'message.received')
      return { params: { id: conversationId }, body: { ...key(), messageId: message.id } }
    },
  },
  listMergeTargets: ofConversation(),
  readConversationOrigin: ofConversation(),
  snoozeConversation: ofConversation(() => ({ ...key(), until: new Date(Date.now() + 3_600_000).toISOString() })),
  wakeConversation: fine(
    ofConversation(() => key()),
    'conversation-not-snoozed',
  ),
  closeConversation: ofConversation(() => key()),
  reopenConversation: fine(
    ofConversation(() => key()),
    'conversation-not-closed',
  ),
  queueConversation: {
    sight: 'conversation',
    request: async ({ company, conversationId }) => ({
      params: { id: conversationId },
      body: { ...key(), queueId: await addQueue(company.db), note: 'yours' },
    }),
  },
  startConsult: ofConversation(({ company }) => ({ ...key(), agentId: company.spare.id, text: 'may I?' })),
  sayInConsult: fine(
    ofConversation(() => ({ ...key(), consultId: uuidv7(), text: 'you may' })),
    'consult-over',
  ),
  endConsult: ofConversation(() => ({ ...key(), consultId: uuidv7() })),
  addParticipant: ofConversation(({ company }) => ({ ...key(), agentId: company.spare.id })),
  removeParticipant: ofConversation(({ company }) => ({ ...key(), agentId: company.spare.id })),
  whisper: ofConversation(() => ({ ...key(), text: 'offer the refund' })),
  takeOver: ofConversation(() => key()),
  ...mailCases,
  ...sendingCases,
  markConversationRead: ofConversation(() => ({ upToPublicSeq: 1 })),
  readDraft: ofConversation(),
  saveDraft: ofConversation(() => ({ text: 'draft', mode: 'reply', replyToId: null })),

  readMyRouting: plain(),
  setMyState: plain(() => ({ state: 'available' })),
  acceptOffer: missing(key()),
  declineOffer: missing({}),
  wrapUp: missing(key()),
  extendWrapUp: missing(),
  listRoutingTargets: ofConversation(),
  readBoard: plain(),
  setAgentState: { request: ({ company }) => ({ params: { id: company.agent.id }, body: { state: 'busy' } }) },
  setPriority: missing({ priority: 10 }),
  pauseQueue: missing({ paused: true }),

  uploadAttachment: {
    sight: 'conversation',
    request: ({ conversationId }) => ({
      params: nowhere(),
      query: { conversationId, name: 'note.txt', type: 'text/plain' },
      body: Buffer.from('plain words\n'),
    }),
  },
  linkAttachments: plain(({ attachmentId }) => ({ ids: [attachmentId] })),
  uploadVisitorAttachment: {
    request: () => ({
      params: nowhere(),
      query: { name: 'note.txt', type: 'text/plain' },
      body: Buffer.from('plain words\n'),
    }),
  },
  linkVisitorAttachments: plain(({ attachmentId }) => ({ ids: [attachmentId] })),

  listWorkItems: plain(),
  listRoutingDecisions: plain(),
  listStateStretches: plain(),
  explainRouting: ofConversation(),
  simulateQueue: {
    request: async ({ company }) => {
      const settings = { groups: [{ teamIds: [company.teams.first] }] }
      const made = await company.must('POST', '/api/v1/queues', company.admin.credentials, { ...queue(), settings })
      const perHour = Array.from({ length: 24 }, () => 2)
      const arrivals = { from: 'process', perHour, handleSeconds: 60, patienceSeconds: null }
      const staffing = Array.from({ length: 48 }, () => 1)
      return { body: { queueId: made.id, arrivals, staffing, changed: {}, seeds: 2 } }
    },
  },

  readRoutingSettings: plain(),
  createQueue: plain(queue),
  updateQueue: administered('/api/v1/queues', queue, () => ({ ...queue(), version: 1 })),
  deleteQueue: administered('/api/v1/queues', queue),
  readHookSecret: administered('/api/v1/queues', queue),
  rotateHookSecret: administered('/api/v1/queues', queue, {}),
  createSkill: plain(skill),
  updateSkill: administered('/api/v1/skills', skill, skill),
  deleteSkill: administered('/api/v1/skills', skill),
  createCapacityProfile: plain(capacity),
  updateCapacityProfile: administered('/api/v1/capacity-profiles', capacity, { ...capacity(), version: 1 }),
  deleteCapacityProfile: administered('/api/v1/capacity-profiles', capacity),
  createReasonCode: plain(reason),
  updateReasonCode: administered('/api/v1/reason-codes', reason, reason()),
  deleteReasonCode: administered('/api/v1/reason-codes', reason),
  createDispositionCode: plain(disposition),
  updateDispositionCode: administered('/api/v1/disposition-codes', disposition, disposition()),
  deleteDispositionCode: administered('/api/v1/disposition-codes', disposition),
  updateAgentProfile: {
    request: ({ company }) => ({
      params: { id: company.spare.id },
      body: { number: null, profileId: null, languages: [], skills: [], weight: 100, version: 1 },
    }),
  },

  listWebhooks: plain(),
  createWebhook: plain(hook),
  updateWebhook: administered('/api/v1/webhooks', hook, hook()),
  deleteWebhook: administered('/api/v1/webhooks', hook),
  rotateWebhookSecret: administered('/api/v1/webhooks', hook),
  listWebhookDeliveries: administered('/api/v1/webhooks', hook),
  resendWebhookDelivery: {
    request: () => ({ params: { ...nowhere(), deliveryId: uuidv7() } }),
    alsoFine: ['not-found'],
  },

  ...visitorCases,
}
