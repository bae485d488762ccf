import type { Alias, Peer, Profile, Thread } from '@qiao/channels'
import { type Contact, localeCode } from '@qiao/protocol'
import { sql } from 'kysely'
import { announceContact, findContact, findContactAt, updateContact } from '#contacts'
import { keepProofs, type Proof, provenPhone } from '#merging'
import { contextOf } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { keepThread, makeIdentity } from './make-identity.ts'
import { recognise } from './recognise.ts'

export interface KnownPeer {
  identityId: string
  contact: Contact
}

/** Somebody in a group or under a post is answered there: that is another address of the same person. */
const addressIn = (peer: Peer, thread: Thread | undefined): string =>
  thread ? `${peer.address} in ${thread.key}` : peer.address

/**
 * Who writes, made known if need be. A name or picture of the provider fills what is empty and never replaces what an
 * agent wrote; other addresses are kept as facts. Whom the channel proves to be somebody we know already is that person.
 */
export async function resolvePeer(
  deps: ChannelDeps,
  account: Account,
  peer: Peer,
  thread: Thread | undefined,
  /** The provider may now tell who somebody is of whom it told less before: those who follow, say. */
  toldAnew = false,
): Promise<KnownPeer> {
  await recognise(deps, account, peer)
  const known = await findOrMake(deps, account, peer, thread, toldAnew)
  if (thread) return known
  // Somebody in a group is the same person as in the chat, where that is proven.
  const aliases = [...(peer.aliases ?? []), ...(await unionsOf(deps, account, known))]
  const merged = await keepProofs(deps, known.identityId, proofsOf(account, { ...peer, aliases }))
  return merged ? ofIdentity(deps, known) : known
}

/** Whose the identity is now. */
export async function ofIdentity({ db }: ChannelDeps, known: KnownPeer): Promise<KnownPeer> {
  const { rows } = await sql<{ contact_id: string }>`
    select contact_id from identities where id = ${known.identityId}`.execute(db)
  const contact = rows[0] ? await findContact(db, rows[0].contact_id) : null
  return contact ? { ...known, contact } : known
}

/** Kept when they were told: they are still proofs when what followed from them has to be done a second time. */
async function unionsOf({ db }: ChannelDeps, { channel }: Account, { identityId }: KnownPeer): Promise<Alias[]> {
  if (!channel.about.proves?.union) return []
  const { rows } = await sql<{ value: string }>`
    select value from identity_aliases where identity_id = ${identityId} and kind = 'union'`.execute(db)
  return rows.map(({ value }) => ({ kind: 'union', value }))
}

function proofsOf({ channel }: Account, { address, aliases = [] }: Peer): Proof[] {
  const { phone, email, union } = channel.about.proves ?? {}
  const numbers = [
    ...(phone === true ? [address] : []),
    ...aliases.flatMap(({ kind, value }) => (kind === 'phone' ? value : [])),
  ]
  const phones = phone ? numbers.flatMap((text) => provenPhone(text.startsWith('+') ? text : `+${text}`) ?? []) : []
  const addresses = email ? aliases.filter(({ kind }) => kind === 'email') : []
  const unions = union ? aliases.filter(({ kind }) => kind === 'union') : []
  return [
    ...[...new Set(phones)].map((value): Proof => ({ kind: 'phone', value })),
    ...[...new Set(addresses.map((alias) => alias.value.toLowerCase()))].map((value): Proof => ({
      kind: 'email',
      value,
    })),
    ...[...new Set(unions.map(({ value }) => value.slice(0, 500)))].map((value): Proof => ({
      kind: 'union',
      value: `${union}:${value}`.slice(0, 500),
    })),
  ]
}

async function findOrMake(
  deps: ChannelDeps,
  account: Account,
  peer: Peer,
  thread: Thread | undefined,
  toldAnew: boolean,
): Promise<KnownPeer> {
  const { inbox } = account
  const known = await findContactAt(deps.pool, { inboxId: inbox.id, address: addressIn(peer, thread) })
  const person = known ?? (thread && (await findContactAt(deps.pool, { inboxId: inbox.id, address: peer.address })))
  const contact = person?.contact ?? null
  const profile = contact && !toldAnew ? null : await askProfile(deps, account, peer)
  const told: Peer = { ...peer, aliases: [...(peer.aliases ?? []), ...(profile?.aliases ?? [])] }
  if (known) {
    if (peer.claimed === false)
      await sql`update identities set verified = true where id = ${known.identityId} and not verified`.execute(deps.db)
    await keepAliases(deps, known.identityId, told)
    if (thread) await keepThread(deps, known.identityId, thread)
    return { ...known, contact: await fillEmpty(deps, known.contact, factsOf(peer, null)) }
  }
  const made = await makeIdentity(deps, {
    inboxId: inbox.id,
    address: addressIn(peer, thread),
    peerAddress: peer.address,
    thread,
    verified: peer.claimed !== true,
    contact,
    facts: factsOf(peer, profile),
  })
  await keepAliases(deps, made.identityId, told)
  await announceContact(deps, made.contact)
  return made
}

/** A provider that does not say who somebody is must not keep the message waiting. */
async function askProfile(deps: ChannelDeps, account: Account, peer: Peer): Promise<Profile | null> {
  if (peer.name !== undefined || !account.channel.profile) return null
  try {
    return await account.channel.profile(peer.address, contextOf(deps, account))
  } catch (error) {
    deps.log.warn({ err: error, inboxId: account.inbox.id }, 'a profile could not be read')
    return null
  }
}

interface Facts {
  name?: string
  avatarUrl?: string
  language?: string
  phone?: string
  email?: string
  attributes?: Record<string, string>
}

function factsOf(peer: Peer, profile: Profile | null): Facts {
  const alias = (kind: string): string | undefined => peer.aliases?.find((each) => each.kind === kind)?.value
  const language = localeCode.safeParse(peer.language ?? profile?.language).data
  const facts = {
    name: (peer.name ?? profile?.name)?.trim().slice(0, 200) || undefined,
    avatarUrl: peer.avatarUrl ?? profile?.avatarUrl,
    language,
    phone: alias('phone')?.slice(0, 40),
    email: alias('email')?.slice(0, 320),
    attributes: attributesOf(peer, profile),
  }
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))
}

function attributesOf(peer: Peer, profile: Profile | null): Record<string, string> | undefined {
  const given = Object.entries({ ...profile?.attributes, ...peer.attributes })
  const kept = given.slice(0, 20).map(([name, value]) => [name.slice(0, 60), value.slice(0, 500)])
  return kept.length > 0 ? Object.fromEntries(kept) : undefined
}

async function fillEmpty(deps: ChannelDeps, contact: Contact, facts: Facts): Promise<Contact> {
  const { name, avatarUrl, language, phone, email } = contact
  const known: Record<string, string | null> = { name, avatarUrl, language, phone, email }
  const empty = Object.entries(facts).filter(([field]) => known[field] === null)
  const newer = Object.entries(facts.attributes ?? {}).filter(([key]) => !Object.hasOwn(contact.attributes, key))
  if (empty.length === 0 && newer.length === 0) return contact
  const attributes = newer.length > 0 ? { attributes: Object.fromEntries(newer) } : {}
  const changed = await updateContact(deps.db, contact.id, { ...Object.fromEntries(empty), ...attributes })
  return announceContact(deps, changed)
}

async function keepAliases({ db, clock }: ChannelDeps, identityId: string, { aliases = [] }: Peer): Promise<void> {
  if (aliases.length === 0) return
  await db
    .insertInto('identity_aliases')
    .values(
      aliases.map(({ kind, value }) => ({
        identity_id: identityId,
        kind,
        value: value.slice(0, 500),
        seen_at: clock.now(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
