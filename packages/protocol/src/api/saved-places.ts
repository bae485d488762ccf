import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { id, noNul, shortText } from '../primitives.ts'

const tag = 'Conversations'

const fields = z.object({
  title: shortText.refine(noNul).describe('What people call it'),
  address: z.string().trim().max(500).refine(noNul).default(''),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})
/** A shop, a counter, a warehouse: sent as a `location`. */
export const savedPlace = fields.extend({ id, address: z.string() })
export type SavedPlace = z.infer<typeof savedPlace>

export const listSavedPlaces = endpoint({
  method: 'GET',
  path: '/api/v1/saved-places',
  access: 'conversations.work',
  tag,
  summary: "The company's places, by name: what agents pick from when they send one",
  response: z.object({ places: z.array(savedPlace) }),
})
export const createSavedPlace = endpoint({
  method: 'POST',
  path: '/api/v1/saved-places',
  access: 'inboxes.manage',
  tag,
  summary: "Add one of the company's places",
  description: '`conflict` when there are 200 already.',
  body: fields,
  status: 201,
  response: savedPlace,
})
export const deleteSavedPlace = endpoint({
  method: 'DELETE',
  path: '/api/v1/saved-places/:id',
  access: 'inboxes.manage',
  tag,
  summary: "Delete one of the company's places",
  description: 'Messages that have been sent keep it.',
  params: z.object({ id }),
})
