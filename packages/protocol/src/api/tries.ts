import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { clientKey, id, instant } from '../primitives.ts'
import { appended } from './conversations.ts'

const tag = 'Channels'
const params = z.object({ id })
const ofMessage = z.object({ clientKey, targetId: id.describe('The entry of the message') })

/** A message that could not be handed over so far and is tried again. */
const deliveryTry = z.object({
  targetId: id.describe('The entry of the message'),
  since: instant.describe('When it could not be handed over for the first time'),
  tries: z.number().int().describe('How often it was tried'),
  nextAt: instant.nullable().describe('When it is tried again; null: now'),
  problem: deliveryProblem.nullable().describe('Why the latest try did not succeed'),
})
export type DeliveryTry = z.infer<typeof deliveryTry>
const tries = z.object({ tries: z.array(deliveryTry) })

export const listTries = endpoint({
  method: 'GET',
  path: '/api/v1/conversations/:id/tries',
  access: 'conversations.read',
  tag,
  summary: 'Messages of a conversation that are being tried again: since when, why, and when next',
  params,
  response: tries,
})
export const tryNow = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/try-now',
  access: 'conversations.work',
  tag,
  summary: 'Try a message now that waits to be tried again, and those before it; repeats do no harm',
  params,
  body: ofMessage,
  response: tries,
})
export const giveUpMessage = endpoint({
  method: 'POST',
  path: '/api/v1/conversations/:id/give-up',
  access: 'conversations.work',
  tag,
  summary: 'Try a message no more that waits to be tried again; it failed then, and can be sent again',
  params,
  body: ofMessage,
  response: appended,
})
