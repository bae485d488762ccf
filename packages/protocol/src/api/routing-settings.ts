import { z } from 'zod'
import { namedVersion } from '../edit-version.ts'
import { endpoint } from '../endpoint.ts'
import { id, instant } from '../primitives.ts'
import { agentProfile, capacityProfile, dispositionCode, queue, queueSettings, reasonCode, skill } from '../routing.ts'

const tag = 'Routing settings'
const params = z.object({ id })

/** Everything that the screens of the ACD need to name things; small enough for one answer. */
export const readRoutingSettings = endpoint({
  method: 'GET',
  path: '/api/v1/routing/settings',
  access: 'routing.read',
  tag,
  summary: 'Queues, skills, capacity profiles, codes and how agents take part',
  response: z.object({
    queues: z.array(queue),
    skills: z.array(skill),
    profiles: z.array(capacityProfile),
    reasons: z.array(reasonCode),
    dispositions: z.array(dispositionCode),
    agents: z.array(agentProfile),
    retired: z
      .object({ reasons: z.array(reasonCode), dispositions: z.array(dispositionCode) })
      .describe('Codes that can be chosen no more, for the names of what was recorded with them'),
  }),
})

const queueFields = queue.pick({ name: true, calendarId: true }).extend({
  calendarId: queue.shape.calendarId.default(null),
  settings: queueSettings.prefault({}),
})
export const createQueue = endpoint({
  method: 'POST',
  path: '/api/v1/queues',
  access: 'routing.manage',
  tag,
  summary: 'Create a queue',
  body: queueFields,
  status: 201,
  response: queue,
})
export const updateQueue = endpoint({
  method: 'PUT',
  path: '/api/v1/queues/:id',
  access: 'routing.manage',
  tag,
  summary: 'Replace a queue',
  params,
  body: queueFields.extend({ version: namedVersion }),
  response: queue,
})
export const deleteQueue = endpoint({
  method: 'DELETE',
  path: '/api/v1/queues/:id',
  access: 'routing.manage',
  tag,
  summary: 'Delete a queue; who waits in it moves to another one',
  description: 'Answers `queue-not-empty` while customers wait in it and `moveTo` names no other queue.',
  params,
  query: z.object({ moveTo: id.optional() }),
})

const hookSecret = z.object({
  secret: z.string().describe('The newest: whsec_…, as of webhooks'),
  olderUntil: instant.nullable().describe('Until when older ones sign as well'),
})
export type HookSecret = z.infer<typeof hookSecret>
export const readHookSecret = endpoint({
  method: 'GET',
  path: '/api/v1/queues/:id/hook-secret',
  access: 'routing.manage',
  tag,
  summary: "The secret with which a queue's endpoint checks that a question is ours",
  params,
  response: hookSecret,
})
export const rotateHookSecret = endpoint({
  method: 'POST',
  path: '/api/v1/queues/:id/hook-secret',
  access: 'routing.manage',
  tag,
  summary: "Make a new secret for a queue's endpoint; until the older ones end, all of them sign",
  params,
  body: z.object({ keepOldHours: z.number().int().min(0).max(720).default(24) }),
  status: 201,
  response: hookSecret,
})

const skillFields = skill.omit({ id: true })
export const createSkill = endpoint({
  method: 'POST',
  path: '/api/v1/skills',
  access: 'routing.manage',
  tag,
  summary: 'Create a skill',
  body: skillFields,
  status: 201,
  response: skill,
})
export const updateSkill = endpoint({
  method: 'PUT',
  path: '/api/v1/skills/:id',
  access: 'routing.manage',
  tag,
  summary: 'Rename a skill',
  params,
  body: skillFields,
  response: skill,
})
export const deleteSkill = endpoint({
  method: 'DELETE',
  path: '/api/v1/skills/:id',
  access: 'routing.manage',
  tag,
  summary: 'Delete a skill; queues no longer ask for it',
  params,
})

const profileFields = capacityProfile.pick({
  name: true,
  standard: true,
  units: true,
  channels: true,
  pickMarginUnits: true,
})
export const createCapacityProfile = endpoint({
  method: 'POST',
  path: '/api/v1/capacity-profiles',
  access: 'routing.manage',
  tag,
  summary: 'Create a capacity profile',
  body: profileFields,
  status: 201,
  response: capacityProfile,
})
export const updateCapacityProfile = endpoint({
  method: 'PUT',
  path: '/api/v1/capacity-profiles/:id',
  access: 'routing.manage',
  tag,
  summary: 'Replace a capacity profile',
  params,
  body: profileFields.extend({ version: namedVersion }),
  response: capacityProfile,
})
export const deleteCapacityProfile = endpoint({
  method: 'DELETE',
  path: '/api/v1/capacity-profiles/:id',
  access: 'routing.manage',
  tag,
  summary: 'Delete a capacity profile; its agents get the standard one',
  params,
})

const reasonFields = reasonCode.omit({ id: true })
export const createReasonCode = endpoint({
  method: 'POST',
  path: '/api/v1/reason-codes',
  access: 'routing.manage',
  tag,
  summary: 'Create a reason for breaks or for declining',
  body: reasonFields,
  status: 201,
  response: reasonCode,
})
export const updateReasonCode = endpoint({
  method: 'PUT',
  path: '/api/v1/reason-codes/:id',
  access: 'routing.manage',
  tag,
  summary: 'Replace a reason',
  params,
  body: reasonFields,
  response: reasonCode,
})
export const deleteReasonCode = endpoint({
  method: 'DELETE',
  path: '/api/v1/reason-codes/:id',
  access: 'routing.manage',
  tag,
  summary: 'Retire a reason; what it explained keeps it',
  params,
})

const dispositionFields = dispositionCode.omit({ id: true }).extend({
  queueIds: dispositionCode.shape.queueIds.default([]),
})
export const createDispositionCode = endpoint({
  method: 'POST',
  path: '/api/v1/disposition-codes',
  access: 'routing.manage',
  tag,
  summary: 'Create a disposition code',
  body: dispositionFields,
  status: 201,
  response: dispositionCode,
})
export const updateDispositionCode = endpoint({
  method: 'PUT',
  path: '/api/v1/disposition-codes/:id',
  access: 'routing.manage',
  tag,
  summary: 'Replace a disposition code',
  params,
  body: dispositionFields,
  response: dispositionCode,
})
export const deleteDispositionCode = endpoint({
  method: 'DELETE',
  path: '/api/v1/disposition-codes/:id',
  access: 'routing.manage',
  tag,
  summary: 'Retire a disposition code; what it described keeps it',
  params,
})

export const updateAgentProfile = endpoint({
  method: 'PUT',
  path: '/api/v1/agents/:id/routing-profile',
  access: 'routing.manage',
  tag,
  summary: 'Say what an agent can, how much they take, and their number',
  params,
  body: agentProfile
    .omit({ agentId: true, version: true, changedAt: true, changedBy: true })
    .extend({ version: namedVersion }),
  response: agentProfile,
})
