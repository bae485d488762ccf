import type { ChannelEvent, EventOf } from '@qiao/channels'
import type { Conversation } from '@qiao/protocol'
import { leaveToOthers, type NewEntry, readScope, settingsChanged, typingSeen } from '#conversations'
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
import { accountIn } from '../threads/account-in.ts'
import { hintPolicy, noteAct, noteConsent, noteSession } from '../policy/note-acts.ts'
import { refreshJob } from '../templates/refresh-templates.ts'
import { keepArrival } from './arrivals.ts'
import { applyEcho, applyMessage } from './apply-message.ts'
import { applyReceipt } from './apply-receipt.ts'
import { continueBound } from './continue-bound.ts'
import { keyFrom } from './entry-key.ts'
import { applyMove } from './move-identity.ts'
import { type Applying, note } from './note-entry.ts'
import { parameterOf } from './parameter-of.ts'
import { findMessage, identitiesAt, latestConversation } from './provider-messages.ts'
import { receiveContent } from './receive-content.ts'
import { recognise } from './recognise.ts'
import { ofIdentity } from './resolve-peer.ts'
import { type Speaking, whoSpeaks } from './who-speaks.ts'

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
      await recognise(deps, account, event.from)
      return applyMove(deps, account, { from: event.from.address, to: event.toAddress }, applying)
    case 'message':
    case 'echo':
    case 'edited':
    case 'recalled':
    case 'reacted':
    case 'typing':
    case 'acted':
    case 'session':
    case 'consent':
      return applyIn(deps, accountIn(account, event.thread?.kind ?? null), event, applying)
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

const applyIn = async (
  deps: ChannelDeps,
  account: Account,
  event: Exclude<OfPeer, { kind: 'moved' }>,
  applying: Applying,
): Promise<void> => applyOf(deps, account, event, await whoSays(deps, account, event), applying)

/** A link or a code that was made for the customer elsewhere, opened here, says that both are one. */
async function whoSays(
  deps: ChannelDeps,
  account: Account,
  event: Exclude<OfPeer, { kind: 'moved' }>,
): Promise<Speaking> {
  const follows = event.kind === 'consent' && event.wanted
  // Our side spoke: in a group to all of it.
  const from = event.kind === 'echo' && event.thread ? { ...event.from, address: spokenTo(account, event) } : event.from
  const peer = await whoSpeaks(deps, account, { from, thread: event.thread, toldAnew: follows })
  const token = event.thread || peer.contact.blockedAt ? null : bindTokenIn(parameterOf(event))
  if (token === null) return peer
  try {
    const { bound, madeFor } = await bind(deps, token, peer.identityId)
    if (bound) await continueBound(deps, madeFor, peer.identityId)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'bind-link-invalid') throw error
    deps.log.info({ identityId: peer.identityId }, 'a link that binds was too old or used already')
  }
  const owner = await ofIdentity(deps, peer)
  return { ...owner, author: owner, shared: false }
}

const spokenTo = ({ capabilities }: Account, { from, thread }: EventOf<'echo'>): string =>
  thread?.kind === 'group' && capabilities.groups ? thread.key : from.address

async function applyOf(
  deps: ChannelDeps,
  account: Account,
  event: Exclude<OfPeer, { kind: 'moved' }>,
  peer: Speaking,
  applying: Applying,
): Promise<void> {
  // What somebody says whom we blocked is kept as it came, and goes no further.
  if (peer.contact.blockedAt || peer.author.contact.blockedAt) return
  const by = { identityId: peer.identityId, contact: peer.author.contact }
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
      await noteAct(deps, account, peer.identityId, { act, at: event.at, wrote: false })
      const body = {
        act: act.slice(0, 60),
        words: words.slice(0, 500),
        ...(parameter ? { parameter: parameter.slice(0, 1000) } : {}),
      }
      if (parameter) {
        await noteEntered(deps.db, { inboxId: account.inbox.id, identityId: peer.identityId }, parameter)
        await keepArrival(deps, peer, { ...body, parameter: parameter.slice(0, 1000), key: applying.key })
      }
      return note(deps, by, applying, { kind: 'contact.acted', body })
    }
    case 'session': {
      const { state, words, at, opens } = event
      await noteSession(deps, account, peer.identityId, { state, at, opens })
      const told: NewEntry = { kind: 'contact.acted', body: { act: `session-${state}`, words: words.slice(0, 500) } }
      const decide = (conversation: Conversation): NewEntry[] =>
        state === 'theirs' ? [told, ...leaveToOthers(conversation)] : [told]
      return note(deps, by, applying, decide, 'provider')
    }
    case 'consent': {
      const { wanted, about, at } = event
      const said = `${wanted ? 'start' : 'stop'}${about ? (`-${about}` as const) : ''}` as const
      // One of a group does not speak for the others.
      await noteConsent(deps, account, peer.author.identityId, { said, at, word: false })
      return note(deps, by, applying, { kind: 'contact.consented', body: { wanted, ...(about ? { about } : {}) } })
    }
    default:
      return event satisfies never
  }
}

async function changeMessage(
  deps: ChannelDeps,
  account: Account,
  event: EventOf<'edited' | 'recalled' | 'reacted'>,
  { identityId, author }: Speaking,
  { key, last }: Applying,
): Promise<void> {
  const target =
    (await findMessage(deps.pool, identityId, event.messageId)) ??
    // Said before groups were conversations of their own.
    (author.identityId === identityId ? null : await findMessage(deps.pool, author.identityId, event.messageId))
  if (!target) return
  const targetId = target.entryId
  const content =
    event.kind === 'edited'
      ? await receiveContent(deps, account, event.content, {
          contactId: author.contact.id,
          key: `${identityId} ${event.messageId} ${key}`,
          last,
        })
      : null
  await deps.appender.append({
    conversationId: target.conversationId,
    clientKey: keyFrom('event', identityId, key),
    author: { type: 'contact', id: author.contact.id },
    targetId,
    decide: (_conversation, _now, message): NewEntry[] => {
      if (!message || message.revision?.recalledAt) return []
      const apart = message.body.apart ? { apart: true as const } : {}
      if (event.kind === 'reacted')
        return [{ kind: 'message.reacted', body: { targetId, emoji: event.emoji, ...apart } }]
      return content
        ? [{ kind: 'message.edited', body: { targetId, content, ...apart } }]
        : [{ kind: 'message.recalled', body: { targetId, ...apart } }]
    },
  })
}

async function type(deps: ChannelDeps, { on }: EventOf<'typing'>, peer: Speaking): Promise<void> {
  const conversationId = await latestConversation(deps.pool, peer.identityId)
  const scope = conversationId && (await readScope(deps.db, conversationId))
  if (scope) deps.bus.publish(typingSeen, { scope, who: { type: 'contact', id: peer.author.contact.id }, typing: on })
}
