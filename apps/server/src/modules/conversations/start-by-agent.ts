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
  /** As somebody typed it. */
  address?: string | undefined
  inboxId: string
  content: MessageContent
}

export function mustSeeInbox({ inboxIds }: AgentPrincipal, inboxId: string): void {
  if (inboxIds !== 'all' && !inboxIds.includes(inboxId)) throw new AppError('not-found')
}

/** Whom it would reach, and as what; refused is what could not be sent now. */
export async function describeFirst(
  deps: ConversationDeps,
  agent: AgentPrincipal,
  first: Omit<First, 'clientKey'>,
): Promise<{ address: string; content: MessageContent }> {
  const { inboxId, contactId } = first
  mustSeeInbox(agent, inboxId)
  if (contactId && !(await canSeeContact(deps.db, agent, contactId))) throw new AppError('not-found')
  const address = await addressOf(deps, first)
  const allowed = (await deps.outlet?.mayStart(inboxId, address, first.content)) ?? first.content
  return { address, content: await describeContent(deps.db, { agentId: agent.agentId, conversationId: null }, allowed) }
}

/** An agent writes first. The contact is reached by the way it has in that inbox, or gets one of its own there. */
export async function startByAgent(deps: ConversationDeps, agent: AgentPrincipal, body: First) {
  const { inboxId } = body
  const { address, content } = await describeFirst(deps, agent, body)
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

/** The conversation that such a letter has begun already. */
export async function findBegun(
  deps: ConversationDeps,
  { inboxId, clientKey, content }: Omit<First, 'contactId'>,
): Promise<string | null> {
  const address = content.type === 'mail' ? await deps.outlet?.recipientOf(inboxId, content) : null
  const known = address ? await findContactAt(deps.pool, { inboxId, address }) : null
  if (!known) return null
  const begun = await deps.db
    .selectFrom('conversations')
    .select('id')
    .where('contact_id', '=', known.contact.id)
    .where('start_key', '=', clientKey)
    .executeTakeFirst()
  return begun?.id ?? null
}

/** A letter says itself where it goes; for anything else it follows from who is meant. */
async function addressOf(
  deps: ConversationDeps,
  { contactId, inboxId, content, address: typed }: Omit<First, 'clientKey'>,
): Promise<string> {
  if (content.type === 'mail') {
    const address = await deps.outlet?.recipientOf(inboxId, content)
    if (address) return address
    throw new AppError('content-not-sendable', { detail: 'Nobody writes letters in that inbox' })
  }
  if (typed !== undefined) {
    if (contactId) throw new AppError('invalid-input', { detail: 'Name either the contact or the address' })
    const address = await deps.outlet?.firstAddress(inboxId, typed)
    if (address) return address
    throw new AppError('content-not-sendable', { detail: 'The channel knows no such address' })
  }
  if (!contactId) throw new AppError('invalid-input', { detail: 'Name the contact or the address' })
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
  if (content.type !== 'mail') return { phone: /^\d/.test(address) ? `+${address}` : address }
  const name = content.to[0]?.name
  return { email: address, ...(name ? { name } : {}) }
}
