import { uuidv7 } from 'uuidv7'
import { type Case, fine, key, ofConversation, plain, text } from './endpoint-case.ts'

/** What visitors call. */
export const visitorCases: Record<string, Case> = {
  readWidgetConfig: { request: ({ company }) => ({ params: { key: company.inboxes.first.key } }) },
  openVisitorSession: { request: ({ company }) => ({ params: { key: company.inboxes.first.key }, body: {} }) },
  takeSignIn: fine(
    { request: ({ company }) => ({ params: { key: company.inboxes.first.key }, body: {} }) },
    'identity-invalid',
  ),
  readVisitor: plain(),
  updateVisitor: plain(() => ({ name: 'Me' })),
  endVisitorSession: plain(),
  sendVisitorMessage: {
    sight: 'conversation',
    request: ({ conversationId }) => ({ body: { ...key(), conversationId, content: text } }),
  },
  leaveMessage: fine(
    plain(() => ({ ...key(), values: {}, text: 'hello' })),
    'conflict',
  ),
  createOwnBindLink: plain(),
  useBindLink: {
    request: async ({ company }) => {
      const { conversationId } = await company.visitor()
      const path = `/api/v1/conversations/${conversationId}/bind-link`
      const { token: made } = await company.must('POST', path, company.admin.credentials)
      return { body: { token: made } }
    },
  },
  readVisitorEntries: ofConversation(),
  markVisitorRead: ofConversation(() => ({ readSeq: 1 })),
  closeVisitorConversation: ofConversation(() => key()),
  leaveQueue: fine(
    ofConversation(() => ({ ...key(), instead: 'nothing' })),
    'not-waiting',
  ),
  answerSurvey: fine(
    ofConversation(() => ({ ...key(), surveyId: uuidv7(), score: 5 })),
    'survey-not-open',
  ),
  readTranscript: ofConversation(),
  mailTranscript: ofConversation(() => ({ email: 'me@example.com' })),
  trackVisitor: plain(() => ({ events: [{ name: 'seen' }] })),
}
