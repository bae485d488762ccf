import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { deliveryProblem } from '../entries.ts'
import { id, instant, noNul, shortText } from '../primitives.ts'

const tag = 'Channels'
const params = z.object({ id })
const ofCode = params.extend({ codeId: id })
const path = '/api/v1/inboxes/:id/entrance-codes'

export const entranceLeads = z.object({
  queueId: id.nullable().default(null).describe("Null: the inbox's own"),
  teamId: id.nullable().default(null),
  agentNumber: z
    .string()
    .trim()
    .min(1)
    .max(20)
    .refine(noNul)
    .nullable()
    .default(null)
    .describe('The number (工号) of whoever is asked first'),
})
export type EntranceLeads = z.infer<typeof entranceLeads>

export const entranceCode = z.object({
  id,
  name: z.string(),
  parameter: z.string().describe('Comes back with what the customer does there'),
  url: z.string(),
  as: z.enum(['link', 'code']).describe('`code`: to be drawn and scanned; it does not open when it is pressed'),
  endsAt: instant.nullable().describe('Null: good for ever'),
  leadsTo: entranceLeads.describe('Where the conversation goes that starts by it'),
  madeAt: instant,
  madeBy: id.nullable(),
})
export type EntranceCode = z.infer<typeof entranceCode>

const made = z.object({ code: entranceCode.nullable(), problem: deliveryProblem.nullable() })

export const listEntranceCodes = endpoint({
  method: 'GET',
  path,
  access: 'inboxes.manage',
  tag,
  summary: 'List the links and codes that bring customers into an inbox, newest first',
  params,
  response: z.object({ codes: z.array(entranceCode) }),
})
export const createEntranceCode = endpoint({
  method: 'POST',
  path,
  access: 'inboxes.manage',
  tag,
  summary: 'Make a link or code that brings customers in, and a parameter with them',
  params,
  body: z.object({
    name: shortText.refine(noNul),
    parameter: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/)
      .optional()
      .describe('Made up when it is left out; `conflict` when the inbox has it already'),
    leadsTo: entranceLeads.prefault({}),
  }),
  status: 201,
  response: made,
})
export const updateEntranceCode = endpoint({
  method: 'PUT',
  path: `${path}/:codeId`,
  access: 'inboxes.manage',
  tag,
  summary: 'Rename it, or lead whoever comes by it from now on elsewhere; what was printed stays good',
  params: ofCode,
  body: z.object({ name: shortText.refine(noNul), leadsTo: entranceLeads }),
  response: z.object({ code: entranceCode }),
})
export const renewEntranceCode = endpoint({
  method: 'POST',
  path: `${path}/:codeId/renew`,
  access: 'inboxes.manage',
  tag,
  summary: 'Ask the provider for a new one with the same parameter, before or after it ran out',
  params: ofCode,
  response: made,
})
export const readEntranceQr = endpoint({
  method: 'GET',
  path: `${path}/:codeId/qr`,
  access: 'inboxes.manage',
  tag,
  summary: 'Draw it as a QR code',
  params: ofCode,
  response: z.object({ png: z.string().describe('A `data:` address, 720 pixels wide') }),
})
export const deleteEntranceCode = endpoint({
  method: 'DELETE',
  path: `${path}/:codeId`,
  access: 'inboxes.manage',
  tag,
  summary: 'Take it off the list; what was printed goes on working until it ends by itself',
  params: ofCode,
})
