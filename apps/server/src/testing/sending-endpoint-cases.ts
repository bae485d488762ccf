import { uuidv7 } from 'uuidv7'
import { type Case, fine, key, ofConversation } from './endpoint-case.ts'

const place = () => ({ title: 'Counter', latitude: 31.2, longitude: 121.5 })

export const sendingCases: Record<string, Case> = {
  listSavedPlaces: { request: () => ({}) },
  createSavedPlace: { request: () => ({ body: place() }) },
  deleteSavedPlace: {
    request: async ({ company }) => {
      const made = await company.must('POST', '/api/v1/saved-places', company.admin.credentials, place())
      return { params: { id: made.id } }
    },
  },
  previewFirst: {
    sight: 'conversation',
    request: ({ company }) => ({ params: { id: company.inboxes.first.id }, body: { address: '+8613800001234' } }),
  },
  reactToMessage: fine(
    ofConversation(() => ({ ...key(), targetId: uuidv7(), emoji: '👍' })),
    'not-found',
  ),
}
