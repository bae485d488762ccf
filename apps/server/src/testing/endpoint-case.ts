import type * as api from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { Company, Credentials } from './company.ts'

/** What a case may refer to: things of the first team's inbox, made anew for each caller. */
export interface Target {
  company: Company
  conversationId: string
  contactId: string
  attachmentId: string
  /** Of the one who calls. */
  credentials: Credentials
}

export interface Request {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}

export interface Case {
  /** Refers to something that only the first team's agents, or only its visitor, may know of. */
  sight?: 'conversation' | 'contact'
  request: (target: Target) => Request | Promise<Request>
  /** Refusals that come after the right to call was checked. */
  alsoFine?: api.ErrorCode[]
}

export const key = () => ({ clientKey: uuidv7() })
export const text = { type: 'text', text: 'hello' }
export const nowhere = () => ({ id: uuidv7() })
/** An answer to something that is said nowhere. */
export const toEntry = () => ({ ...key(), entryId: uuidv7(), content: text })
export const ofConversation = (body?: (target: Target) => object, query?: Record<string, string>): Case => ({
  sight: 'conversation',
  request: (target) => ({
    params: { id: target.conversationId },
    ...(body ? { body: body(target) } : {}),
    ...(query ? { query } : {}),
  }),
})
export const missing = (body?: unknown): Case => ({
  request: () => ({ params: nowhere(), ...(body === undefined ? {} : { body }) }),
  alsoFine: ['not-found'],
})
export const fine = (one: Case, ...alsoFine: api.ErrorCode[]): Case => ({ ...one, alsoFine })

export const plain = (body?: (target: Target) => unknown): Case => ({
  request: (target) => (body ? { body: body(target) } : {}),
})
