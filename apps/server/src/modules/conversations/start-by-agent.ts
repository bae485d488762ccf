import type { MessageContent } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import {
  addIdentity,
  announceContact,
  canSeeContact,
  createContact,
  findContact,
  findContactAt,
  identityIn,
} from '#contacts'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { authorOf } from './act.ts'
import { readItem } from './conversation-item.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { describeContent } from './describe-content.ts'
import { startConversation } from './start-conversation.ts'

interface First {
  clientKey: string
  contactId?: string | undefined
  inboxId: string
  content: MessageContent
}

/** An agent writes first. The contact is reached by the way it has in that inbox, or gets one of its own there. */
export async function startByAgent(deps: ConversationDeps, agent: AgentPrincipal, body: First) {
  const { inboxId, contactId } = body
  const seesInbox = agent.inboxIds === 'all' || agent.inboxIds.includes(inboxId)
  if (!seesInbox || (contactId && !(await canSeeContact(deps.db, agent, contactId)))) throw new AppError('not-found')
  const address = await addressOf(deps, body)
  const allowed = (await deps.outlet?.mayStart(inboxId, address, body.content)) ?? body.content
  const content = await describeContent(deps.db, { agentId: agent.agentId, conversationId: null }, allowed)
  const person = await whoIsAt(deps, body, address)
  const { conversation, entries } = await startConversation(deps, {
    inboxId,
    ...person,
    author: authorOf(agent),
    clientKey: body.clientKey,
    started: { via: 'agent', previousConversationId: null },
    assigneeId: agent.agentId,
    entries: [{ kind: 'message.sent', body: { content } }],
  })
  return { item: await readItem(deps.db, agent, conversation.id), entries }
}

/** A letter says itself where it goes; for anything else it follows from who is meant. */
async function addressOf(deps: ConversationDeps, { contactId, inboxId, content }: First): Promise<string> {
  if (content.type === 'mail') {
    const address = await deps.outlet?.recipientOf(inboxId, content)
    if (address) return address
    throw new AppError('content-not-sendable', { detail: 'Nobody writes letters in that inbox' })
  }
  if (!contactId)
    throw new AppError('invalid-input', { detail: 'Only a mail can go to somebody of whom nothing is known' })
  const known = await identityIn(deps.db, contactId, inboxId)
  if (known) return known.address
  const contact = await findContact(deps.db, contactId)
  if (!contact) throw new AppError('not-found')
  return (await deps.outlet?.addressFor(inboxId, contact)) ?? `contact:${uuidv7()}`
}

async function whoIsAt(deps: ConversationDeps, { contactId, inboxId, content }: First, address: string) {
  const known = await findContactAt(deps.pool, { inboxId, address })
  // The address is known already, as somebody else's.
  if (known && contactId && known.contact.id !== contactId) throw new AppError('conflict')
  if (known) return { identityId: known.identityId, contactId: known.contact.id }
  const now = deps.clock.now()
  const made = contactId ? null : await createContact(deps.db, strangerIn(content, address), now)
  const way = { contactId: contactId ?? made?.id ?? '', inboxId, address, verified: false }
  const identity = await addIdentity(deps.db, way, now)
  if (contactId && identity.contactId !== contactId) throw new AppError('conflict')
  if (made) await announceContact(deps, made)
  return { identityId: identity.id, contactId: identity.contactId }
}

function strangerIn(content: MessageContent, address: string) {
  const name = content.type === 'mail' ? content.to[0]?.name : undefined
  return { email: address, ...(name ? { name } : {}) }
}
