import type { openVisitorSession, Contact, Inbox, visitor as visitorSchema } from '@qiao/protocol'
import { uuidv7 } from 'uuidv7'
import type { z } from 'zod'
import {
  addIdentity,
  announceContact,
  type ContactInput,
  createContact,
  findContact,
  findContactByExternalId,
  updateContact,
} from '#contacts'
import { visitorEnded } from '#conversations'
import { identitySecretsOf, type VerifiedIdentity, verifyIdentityToken } from '#inboxes'
import { mergeContacts, type Proof, provenPhone, replaceProofs } from '#merging'
import { AppError } from '#platform/errors'
import type { VisitorPrincipal } from '#platform/principal'
import { endVisitorSessions, issueVisitorToken, resolveVisitorToken } from './visitor-sessions.ts'
import type { WebchatDeps } from './webchat-deps.ts'

type Body = z.output<typeof openVisitorSession.body>
export type Visitor = z.output<typeof visitorSchema>

export const toVisitor = (contact: Contact): Visitor => ({
  contactId: contact.id,
  name: contact.name,
  email: contact.email,
  phone: contact.phone,
  identified: contact.externalId !== null,
})

/** Makes somebody a visitor: anonymous, or with a signed token the customer whom it names. */
export async function openSession(
  deps: WebchatDeps,
  inbox: Inbox,
  body: Body,
): Promise<{ token: string; visitor: Visitor }> {
  const now = deps.clock.now()
  const presets: ContactInput = {
    ...body.presets,
    ...(body.language ? { language: body.language } : {}),
    ...(body.device ? { device: body.device, timeZone: body.device.timeZone ?? null } : {}),
  }
  const anonymous = body.anonymousToken
    ? await resolveVisitorToken(deps.db, body.anonymousToken, now).catch(() => null)
    : null
  // The company's own staff come in by its provider and by nothing else.
  if (inbox.settings.audience === 'staff') throw new AppError('identity-required')
  if (body.identity === undefined) {
    if (inbox.settings.identity.required) throw new AppError('identity-required')
    const contact = await createContact(deps.db, presets, now)
    const identity = await addIdentity(
      deps.db,
      { contactId: contact.id, inboxId: inbox.id, address: `anonymous:${uuidv7()}`, verified: false },
      now,
    )
    const { token } = await issueVisitorToken(
      deps.db,
      { contactId: contact.id, identityId: identity.id, inboxId: inbox.id, wantsAgent: null },
      now,
    )
    return { token, visitor: toVisitor(contact) }
  }
  const claims = await verifyIdentityToken(await identitySecretsOf(deps.db, inbox.id), body.identity, now)
  return openFor(deps, inbox, { claims, presets, anonymous: anonymous?.inboxId === inbox.id ? anonymous : null })
}

interface Known {
  claims: VerifiedIdentity
  presets: ContactInput
  /** An anonymous chat of the same browser in this inbox. */
  anonymous: VisitorPrincipal | null
  /** Of those who signed in at the company's provider. */
  until?: Date
}

/** Gives a token to somebody of whom it is proven who they are. */
export async function openFor(
  deps: WebchatDeps,
  inbox: Inbox,
  { claims, presets, anonymous, until }: Known,
): Promise<{ token: string; visitor: Visitor }> {
  const now = deps.clock.now()
  const contact = await contactOf(deps, claims, presets, anonymous)
  const address = `user:${claims.externalId}`
  const identity = await addIdentity(
    deps.db,
    { contactId: contact.id, inboxId: inbox.id, address, verified: true },
    now,
  )
  const owner = { contactId: contact.id, identityId: identity.id, inboxId: inbox.id, wantsAgent: claims.agent || null }
  const { token } = await issueVisitorToken(deps.db, { ...owner, until }, now)
  const merged = await replaceProofs(deps, identity.id, proofsOf(claims))
  const current = merged ? ((await findContactByExternalId(deps.db, claims.externalId)) ?? contact) : contact
  await announceContact(deps, current)
  return { token, visitor: toVisitor(current) }
}

/** What the shop says of its own customer is proof; a number without its country could be anybody's. */
function proofsOf({ phone, email }: VerifiedIdentity): Proof[] {
  const number = phone ? provenPhone(phone) : null
  return [
    ...(number ? [{ kind: 'phone', value: number } as const] : []),
    ...(email ? [{ kind: 'email', value: email.toLowerCase() } as const] : []),
  ]
}

/**
 * The customer whom a signed token names. An anonymous chat of the same browser comes along: its contact becomes the
 * customer when we did not know that one yet, and is merged into it otherwise.
 */
async function contactOf(
  deps: WebchatDeps,
  claims: VerifiedIdentity,
  presets: ContactInput,
  anonymous: VisitorPrincipal | null,
): Promise<Contact> {
  const signed: ContactInput = {
    ...(claims.name ? { name: claims.name } : {}),
    ...(claims.email ? { email: claims.email } : {}),
    ...(claims.phone ? { phone: claims.phone } : {}),
    ...(claims.attributes ? { attributes: claims.attributes } : {}),
  }
  const known = await findContactByExternalId(deps.db, claims.externalId)
  const before = anonymous ? await findContact(deps.db, anonymous.contactId) : null
  const chatSoFar = before && before.externalId === null ? before : null
  if (!known && chatSoFar) {
    const contact = await updateContact(deps.db, chatSoFar.id, { ...presets, ...signed, externalId: claims.externalId })
    if (anonymous) await endSession(deps, anonymous)
    return contact
  }
  const customer =
    known ?? (await createContact(deps.db, { ...presets, ...signed, externalId: claims.externalId }, deps.clock.now()))
  if (customer.blockedAt) throw new AppError('contact-blocked')
  if (chatSoFar && anonymous && chatSoFar.id !== customer.id) {
    const merge = { intoId: customer.id, fromId: chatSoFar.id, cause: 'signed-in', by: null, clientKey: null } as const
    await endSession(deps, anonymous)
    await mergeContacts(deps, { ...merge, take: [] })
  }
  return updateContact(deps.db, customer.id, { ...signed, ...(presets.device ? { device: presets.device } : {}) })
}

/** The anonymous token has done its work; other tabs take up the new one, which they share. */
async function endSession(deps: WebchatDeps, anonymous: VisitorPrincipal): Promise<void> {
  await endVisitorSessions(deps.db, { sessionId: anonymous.sessionId }, 'identified', deps.clock.now())
  deps.bus.publish(visitorEnded, {
    contactId: anonymous.contactId,
    sessionId: anonymous.sessionId,
    reason: 'identified',
  })
}
