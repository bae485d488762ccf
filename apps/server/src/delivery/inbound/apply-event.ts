import type { ChannelEvent, EventOf } from '@qiao/channels'
import { type NewEntry, readScope, settingsChanged, typingSeen } from '#conversations'
import { bind, bindTokenIn } from '#merging'
import { AppError } from '#platform/errors'
import { addJobs } from '#platform/jobs/jobs'
import { changeTemplate } from '#templates'
import { cleaner } from '../accounts/context.ts'
import type { Account } from '../accounts/open-account.ts'
import { recordProblem } from '../accounts/record-problem.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { noteEntered } from '../entrances/leads.ts'
import { markUnreachable } from '../mails/unreachable.ts'
import { hintPolicy, noteAct, noteConsent } from '../policy/note-acts.ts'
import { refreshJob } from '../templates/refresh-templates.ts'
import { keepArrival } from './arrivals.ts'
import { applyEcho, applyMessage } from './apply-message.ts'
import { applyReceipt } from './apply-receipt.ts'
import { keyFrom } from './entry-key.ts'
import { applyMove } from './move-identity.ts'
import { type Applying, note } from './note-entry.ts'
import { parameterOf } from './parameter-of.ts'
import { findMessage, identitiesAt, latestConversation } from './provider-messages.ts'
import { receiveContent } from './receive-content.ts'
import { type KnownPeer, ofIdentity, resolvePeer } from './resolve-peer.ts'

/** One thing that a provider told, in any channel's words. Can happen twice; throws when it should be tried again. */
export async function applyEvent(
  deps: ChannelDeps,
  account: Account,
  event: ChannelEvent,
  applying: Applying,
): Promise<void> {
  switch (event.kind) {
    case 'nothing':
    case 'unknown':
      return
    case 'receipt':
      return applyReceipt(deps, account, event, applying)
    case 'template':
      await changeTemplate(deps.db, account.inbox.id, { ...event, reason: event.reason ?? null }, deps.clock.now())
      deps.bus.publish(settingsChanged, { what: 'templates' })
      // What else about it is new is not told.
      return addJobs(deps.db, [refreshJob(account.inbox.id)])
    case 'unreachable':
      return applyUnreachable(deps, account, event)
    case 'account':
      return recordProblem(deps.db, account.inbox.id, event.problem, deps.clock.now())
    case 'moved':
      return applyMove(deps, account, { from: event.from.address, to: event.toAddress }, applying)
    case 'message':
    case 'echo':
    case 'edited':
    case 'recalled':
    case 'reacted':
    case 'typing':
    case 'acted':
    case 'consent':
      return applyOf(deps, account, event, await whoSays(deps, account, event), applying)
    default:
      return event satisfies never
  }
}

async function applyUnreachable(
  deps: ChannelDeps,
  { inbox, secrets }: Account,
  { address, problem }: EventOf<'unreachable'>,
): Promise<void> {
  await markUnreachable(deps.db, inbox.id, address, cleaner(secrets)(problem), deps.clock.now())
  for (const identityId of await identitiesAt(deps.db, inbox.id, address)) await hintPolicy(deps, identityId)
}

type OfPeer = Extract<ChannelEvent, { from: object; thread?: unknown }>

/** A link or a code that was made for the customer elsewhere, opened here, says that both are one. */
async function whoSays(
  deps: ChannelDeps,
  account: Account,
  event: Exclude<OfPeer, { kind: 'moved' }>,
): Promise<KnownPeer> {
  const follows = event.kind === 'consent' && event.wanted
  const peer = await resolvePeer(deps, account, event.from, event.thread, follows)
  const token = event.thread || peer.contact.blockedAt ? null : bindTokenIn(parameterOf(event))
  if (token === null) return peer
  try {
    await bind(deps, token, peer.identityId)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bind-link-invalid') throw error
    deps.log.info({ identityId: peer.identityId }, 'a link that binds was too old or used already')
  }
  return ofIdentity(deps, peer)
}

async function applyOf(
  deps: ChannelDeps,
  account: Account,
  event: Exclude<OfPeer, { kind: 'moved' }>,
  peer: KnownPeer,
  applying: Applying,
): Promise<void> {
  // What somebody says whom we blocked is kept as it came, and goes no further.
  if (peer.contact.blockedAt) return
  switch (event.kind) {
    case 'message':
      return applyMessage(deps, account, event, peer, applying)
    case 'echo':
      return applyEcho(deps, account, event, peer, applying)
    case 'edited':
    case 'recalled':
    case 'reacted':
      return changeMessage(deps, account, event, peer, applying)
    case 'typing':
      return type(deps, event, peer)
    case 'acted': {
      const { act, words, parameter } = event
      await noteAct(deps, account, peer.identityId, act, event.at)
      const body = {
        act: act.slice(0, 60),
        words: words.slice(0, 500),
        ...(parameter ? { parameter: parameter.slice(0, 1000) } : {}),
      }
      if (parameter) {
        await noteEntered(deps.db, { inboxId: account.inbox.id, identityId: peer.identityId }, parameter)
        await keepArrival(deps, peer, { ...body, parameter: parameter.slice(0, 1000), key: applying.key })
      }
      return note(deps, peer, applying, { kind: 'contact.acted', body })
    }
    case 'consent':
      await noteConsent(deps, peer.identityId, event.wanted)
      return note(deps, peer, applying, { kind: 'contact.consented', body: { wanted: event.wanted } })
    default:
      return event satisfies never
  }
}

async function changeMessage(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'edited' | 'recalled' | 'reacted'>,
  peer: KnownPeer,
  { key, last }: Applying,
): Promise<void> {
  const target = await findMessage(deps.pool, peer.identityId, event.messageId)
  if (!target) return
  const targetId = target.entryId
  const content =
    event.kind === 'edited'
      ? await receiveContent(deps, account, event.content, {
          contactId: peer.contact.id,
          key: `${peer.identityId} ${event.messageId} ${key}`,
          last,
        })
      : null
  await deps.appender.append({
    conversationId: target.conversationId,
    clientKey: keyFrom('event', peer.identityId, key),
    author: { type: 'contact', id: peer.contact.id },
    targetId,
    decide: (_conversation, _now, message): NewEntry[] => {
      if (!message || message.revision?.recalledAt) return []
      if (event.kind === 'reacted') return [{ kind: 'message.reacted', body: { targetId, emoji: event.emoji } }]
      const apart = message.body.apart ? { apart: true as const } : {}
      return content
        ? [{ kind: 'message.edited', body: { targetId, content, ...apart } }]
        : [{ kind: 'message.recalled', body: { targetId, ...apart } }]
    },
  })
}

async function type(deps: ChannelDeps, { on }: EventOf<'typing'>, peer: KnownPeer): Promise<void> {
  const conversationId = await latestConversation(deps.pool, peer.identityId)
  const scope = conversationId && (await readScope(deps.db, conversationId))
  if (scope) deps.bus.publish(typingSeen, { scope, who: { type: 'contact', id: peer.contact.id }, typing: on })
}
