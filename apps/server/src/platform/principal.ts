import type { Role } from '@qiao/protocol'

/** Who calls. Made once a request or socket by the access and webchat parts; everything else only reads it. */
export interface AgentPrincipal {
  type: 'agent'
  agentId: string
  role: Role
  teamIds: readonly string[]
  /** Inboxes of the agent's teams; administrators see all. */
  inboxIds: readonly string[] | 'all'
  via: 'browser' | 'api-key'
}

export interface VisitorPrincipal {
  type: 'visitor'
  sessionId: string
  contactId: string
  identityId: string
  inboxId: string
  /**
   * By a signed token, and so sees all that this customer said in this inbox. Others see what was said through their own
   * identity: to be merged with somebody must not show them that person's conversations.
   */
  verified: boolean
  /** The number (工号) of the agent whom the signed token names. */
  wantsAgent: string | null
  /** Of somebody who signed in at the company's provider: until when it counts. */
  until: Date | null
}

export type Principal = AgentPrincipal | VisitorPrincipal
