import { uuidv7 } from 'uuidv7'
import { type Case, fine, key, missing, ofConversation, text } from './endpoint-case.ts'

const soon = (): string => new Date(Date.now() + 3_600_000).toISOString()
/** One that the caller has written, where the caller may. */
const scheduled = (change?: () => object): Case => ({
  sight: 'conversation',
  request: async ({ company, conversationId, credentials }) => {
    const path = `/api/v1/conversations/${conversationId}/scheduled-replies`
    const body = { ...key(), content: text, sendAt: soon() }
    const own = await company.call('POST', path, credentials, body)
    const made = own.status < 300 ? own.body : await company.must('POST', path, company.admin.credentials, body)
    return { params: { id: made.id }, ...(change ? { body: change() } : {}) }
  },
})

const written = () => ({ inboxId: null, name: 'Thanks', html: '<p>Thank you</p>' })
const ofTemplate = (body?: () => object): Case => ({
  request: async ({ company }) => {
    const made = await company.must('POST', '/api/v1/mail-templates', company.admin.credentials, written())
    return { params: { id: made.id }, ...(body ? { body: body() } : {}) }
  },
})
/** Whoever sees the first team's conversations sees its inbox. */
const ofInbox = (body?: () => object): Case => ({
  sight: 'conversation',
  request: ({ company }) => ({ params: { id: company.inboxes.first.id }, ...(body ? { body: body() } : {}) }),
})
const letter = {
  type: 'mail',
  subject: 'Tea',
  from: null,
  to: [{ name: '', address: 'li@example.com' }],
  text: 'It is here',
}
const newMail = {
  kind: 'new',
  entryId: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  html: '<p>hello</p>',
  attachments: [],
  signed: true,
  quoted: true,
}

export const mailCases: Record<string, Case> = {
  markReachable: {
    sight: 'contact',
    request: async ({ company, contactId }) => {
      const { identities } = await company.must('GET', `/api/v1/contacts/${contactId}`, company.admin.credentials)
      return { params: { id: contactId, identityId: identities[0].id } }
    },
  },
  createMailBody: ofConversation(() => ({ html: '<p>hello</p>' })),
  createFirstMailBody: ofInbox(() => ({ html: '<p>hello</p>' })),
  readFirstMailStart: ofInbox(),
  scheduleFirstMail: fine(
    ofInbox(() => ({ ...key(), content: letter, sendAt: soon() })),
    'content-not-sendable',
  ),
  listScheduledMails: { request: () => ({}) },
  readFirstMailDraft: { request: () => ({}) },
  saveFirstMailDraft: {
    sight: 'conversation',
    request: ({ company }) => ({ body: { draft: { inboxId: company.inboxes.first.id, mail: newMail } } }),
  },
  listMailTemplates: {
    sight: 'conversation',
    request: ({ company }) => ({ query: { inboxId: company.inboxes.first.id } }),
  },
  createMailTemplate: { request: () => ({ body: written() }) },
  updateMailTemplate: ofTemplate(written),
  deleteMailTemplate: ofTemplate(),
  readMailBody: missing(),
  readMailOriginal: missing(),
  readMailStart: fine(ofConversation(), 'content-not-sendable'),
  listConversationPeople: ofConversation(),
  markPersonReachable: fine(
    ofConversation(() => ({ address: 'nobody@example.com' })),
    'not-found',
  ),
  answerInvitation: fine(
    ofConversation(() => ({ ...key(), entryId: uuidv7(), answer: 'accepted' })),
    'not-found',
  ),
  listScheduledReplies: ofConversation(),
  scheduleReply: ofConversation(() => ({ ...key(), content: text, sendAt: soon() })),
  moveScheduledReply: scheduled(() => ({ sendAt: soon() })),
  cancelScheduledReply: scheduled(),
}
