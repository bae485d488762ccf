import type { Peer, Thread } from '@qiao/channels'
import { announceContact, findContactAt, updateContact } from '#contacts'
import type { Account } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { groupAddress } from './group-address.ts'
import { keepThread, makeIdentity, titleOf } from './make-identity.ts'
import { type KnownPeer, resolvePeer } from './resolve-peer.ts'

/**
 * Whose conversation it is, and who says something in it. They are the same but in a group, which is its own customer: what
 * its members say is one conversation, answers go to the group, and windows, rates and marks are the group's.
 */
export interface Speaking extends KnownPeer {
  author: KnownPeer
  /** In a group. */
  shared: boolean
}

export async function whoSpeaks(
  deps: ChannelDeps,
  account: Account,
  said: { from: Peer; thread?: Thread | undefined; toldAnew: boolean },
): Promise<Speaking> {
  const { from, thread, toldAnew } = said
  if (!thread || thread.kind !== 'group' || !account.capabilities.groups) {
    const peer = await resolvePeer(deps, account, from, thread, toldAnew)
    return { ...peer, author: peer, shared: false }
  }
  const group = await resolveGroup(deps, account, thread)
  const isGroup = [thread.key, account.channel.groupOf?.(thread.key)].includes(from.address)
  const author = isGroup ? group : await resolvePeer(deps, account, from, thread, toldAnew)
  return { ...group, author, shared: true }
}

async function resolveGroup(deps: ChannelDeps, account: Account, thread: Thread): Promise<KnownPeer> {
  const inboxId = account.inbox.id
  const address = groupAddress(thread.key)
  const known = await findContactAt(deps.pool, { inboxId, address })
  const title = titleOf(thread)
  if (!known) {
    const facts = title === null ? {} : { name: title }
    const made = await makeIdentity(deps, {
      inboxId,
      address,
      thread,
      facts,
      peerAddress: thread.key,
      verified: true,
      contact: null,
    })
    await announceContact(deps, made.contact)
    return made
  }
  const renamed = await keepThread(deps, known.identityId, thread)
  // A name that an agent gave stays.
  const named = known.contact.name === null || known.contact.name === renamed?.before
  if (!renamed || !named || title === null || title === known.contact.name) return known
  const contact = await updateContact(deps.db, known.contact.id, { name: title })
  return { ...known, contact: await announceContact(deps, contact) }
}
