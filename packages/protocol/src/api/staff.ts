import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { email, id, instant, page } from '../primitives.ts'
import { role } from '../roles.ts'
import {
  agent,
  apiKey,
  auditEvent,
  invitation,
  me,
  organisation,
  preferencesChange,
  signedInDevice,
  team,
} from '../staff.ts'

const tag = 'Staff'
const params = z.object({ id })
const name = z.string().trim().min(1).max(100)
export const password = z.string().min(10).max(200)

export const readSetup = endpoint({
  method: 'GET',
  path: '/api/v1/setup',
  access: 'public',
  tag,
  summary: 'Whether the first administrator is still to be made',
  response: z.object({ needed: z.boolean(), organisationName: z.string() }),
})
export const completeSetup = endpoint({
  method: 'POST',
  path: '/api/v1/setup',
  access: 'public',
  tag,
  summary: 'Make the first administrator; works once',
  body: z.object({
    organisationName: name,
    name,
    email,
    password,
    language: z.enum(['zh-CN', 'en']).default('zh-CN'),
    timeZone: z.string().max(64).default('Asia/Shanghai'),
  }),
})
export const readInvitation = endpoint({
  method: 'POST',
  path: '/api/v1/invitations/read',
  access: 'public',
  tag,
  summary: 'What an invitation link offers',
  body: z.object({ token: z.string().min(20).max(200) }),
  response: z.object({ email: z.string(), role, organisationName: z.string() }),
})
export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/api/v1/invitations/accept',
  access: 'public',
  tag,
  summary: 'Accept an invitation; sign in with the password afterwards',
  body: z.object({ token: z.string().min(20).max(200), name, password }),
})

export const readMe = endpoint({
  method: 'GET',
  path: '/api/v1/me',
  access: 'self.manage',
  tag,
  summary: 'The signed-in agent',
  response: z.object({ me, organisation }),
})
export const updateMe = endpoint({
  method: 'PATCH',
  path: '/api/v1/me',
  access: 'self.manage',
  tag,
  summary: 'Change own name, face and preferences',
  body: z.object({
    name: name.optional(),
    publicName: name.nullable().optional(),
    avatarUrl: z.string().max(2048).nullable().optional(),
    timeZone: z.string().max(64).nullable().optional(),
    preferences: preferencesChange.optional(),
  }),
  response: me,
})
export const listDevices = endpoint({
  method: 'GET',
  path: '/api/v1/me/devices',
  access: 'self.manage',
  tag,
  summary: 'Where the caller is signed in',
  response: z.object({ devices: z.array(signedInDevice) }),
})
export const revokeDevice = endpoint({
  method: 'DELETE',
  path: '/api/v1/me/devices/:id',
  access: 'self.manage',
  tag,
  summary: 'Sign one device out',
  params: z.object({ id: z.string().min(1).max(100) }),
})

export const listAgents = endpoint({
  method: 'GET',
  path: '/api/v1/agents',
  access: 'staff.read',
  tag,
  summary: 'List agents',
  response: z.object({ agents: z.array(agent) }),
})
export const updateAgent = endpoint({
  method: 'PATCH',
  path: '/api/v1/agents/:id',
  access: 'staff.manage',
  tag,
  summary: 'Change role, teams or access of an agent',
  params,
  body: z.object({ role: role.optional(), teamIds: z.array(id).optional(), disabled: z.boolean().optional() }),
  response: agent,
})
export const listInvitations = endpoint({
  method: 'GET',
  path: '/api/v1/invitations',
  access: 'staff.manage',
  tag,
  summary: 'List open invitations',
  response: z.object({ invitations: z.array(invitation) }),
})
export const inviteAgent = endpoint({
  method: 'POST',
  path: '/api/v1/invitations',
  access: 'staff.manage',
  tag,
  summary: 'Invite by e-mail; the link is also given back, for when no mail is set up',
  body: z.object({ email, role, teamIds: z.array(id).default([]) }),
  status: 201,
  response: z.object({ invitation, link: z.string(), mailed: z.boolean() }),
})
export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/api/v1/invitations/:id',
  access: 'staff.manage',
  tag,
  summary: 'Take an invitation back',
  params,
})

const teamFields = z.object({ name, description: z.string().max(500).default(''), agentIds: z.array(id).default([]) })
export const listTeams = endpoint({
  method: 'GET',
  path: '/api/v1/teams',
  access: 'staff.read',
  tag,
  summary: 'List teams',
  response: z.object({ teams: z.array(team) }),
})
export const createTeam = endpoint({
  method: 'POST',
  path: '/api/v1/teams',
  access: 'teams.manage',
  tag,
  summary: 'Create a team',
  body: teamFields,
  status: 201,
  response: team,
})
export const updateTeam = endpoint({
  method: 'PUT',
  path: '/api/v1/teams/:id',
  access: 'teams.manage',
  tag,
  summary: 'Replace a team',
  params,
  body: teamFields,
  response: team,
})
export const deleteTeam = endpoint({
  method: 'DELETE',
  path: '/api/v1/teams/:id',
  access: 'teams.manage',
  tag,
  summary: 'Delete a team',
  params,
})

export const listApiKeys = endpoint({
  method: 'GET',
  path: '/api/v1/api-keys',
  access: 'settings.manage',
  tag,
  summary: 'List API keys (never their values)',
  response: z.object({ keys: z.array(apiKey) }),
})
export const createApiKey = endpoint({
  method: 'POST',
  path: '/api/v1/api-keys',
  access: 'settings.manage',
  tag,
  summary: 'Create an API key that acts as its maker with at most the given role',
  body: z.object({ name, role, expiresAt: instant.nullable().default(null) }),
  status: 201,
  response: z.object({ key: apiKey, secret: z.string().describe('Shown this once') }),
})
export const revokeApiKey = endpoint({
  method: 'DELETE',
  path: '/api/v1/api-keys/:id',
  access: 'settings.manage',
  tag,
  summary: 'Revoke an API key',
  params,
})
export const listAuditEvents = endpoint({
  method: 'GET',
  path: '/api/v1/audit',
  access: 'audit.read',
  tag,
  summary: 'Who changed settings and access, newest first',
  query: z.object({
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: page(auditEvent),
})
export const updateOrganisation = endpoint({
  method: 'PUT',
  path: '/api/v1/organisation',
  access: 'settings.manage',
  tag,
  summary: 'Name, language and time zone of the organisation',
  body: organisation,
  response: organisation,
})
