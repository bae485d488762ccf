import { setTimeout as sleep } from 'node:timers/promises'
import { isProblem, type Moved, type Problem } from '@qiao/channels'
import type { Entry } from '@qiao/protocol'
import { sql } from 'kysely'
import { actorOf, authorOf, mustBeOwnWork, type NewEntry, readItem } from '#conversations'
import { AppError } from '#platform/errors'
import type { AgentPrincipal } from '#platform/principal'
import { messageOf } from '#platform/thrown'
import { cleaner, contextOf } from '../accounts/context.ts'
import { type Account, openAccount } from '../accounts/open-account.ts'
import type { ChannelDeps } from '../channel-deps.ts'
import { noteSession } from '../policy/note-acts.ts'
import { readPlace } from '../policy/place.ts'

interface Command {
  id: string
  clientKey: string
  to: 'theirs' | 'over'
}

/** What they write from then on is answered there. */
const closed: NewEntry = { kind: 'conversation.closed', body: { reason: 'elsewhere' } }

/**
 * Gives the customer's session to people in the provider's own app, or ends the one they have there. The provider is asked before
 * anything is told: a repeat under the same key is not asked about again, and one that was told nothing finds it done.
 */
export async function moveSession(
  deps: ChannelDeps,
  agent: AgentPrincipal,
  { id, clientKey, to }: Command,
): Promise<{ entries: Entry[] }> {
  const { conversation } = await readItem(deps.db, agent, id)
  const author = authorOf(agent)
  const tell = (words: string, state: Moved['state']) =>
    deps.appender.append({
      conversationId: id,
      clientKey,
      author,
      decide: (current) => [
        { kind: 'contact.acted', body: { act: `session-${state}`, words: words.slice(0, 500) } },
        ...(state === 'theirs' && current.state === 'open' ? [closed] : []),
      ],
    })
  if (await isTold(deps, id, clientKey)) return { entries: (await tell('', to)).entries }
  if (conversation.state === 'closed' && to === 'theirs') throw new AppError('conversation-closed')
  mustBeOwnWork(conversation, actorOf(agent))
  const place = await readPlace(deps.db, id)
  const account = place && (await openAccount(deps, place.inboxId))
  if (!place || !account?.channel.moveSession || !account.capabilities.sessions || place.thread !== null)
    throw new AppError('session-not-moved', {
      detail: '该渠道没有可转交的会话 The channel has no sessions to be moved',
    })
  // Nothing is sent meanwhile: what is under way would be refused afterwards.
  const move = () =>
    deps.locks.attempt(`deliver ${id}`, async () => {
      if (to === 'theirs' && (await isSending(deps, place.identityId))) throw new AppError('session-busy')
      return atProvider(deps, account, place.address, to)
    })
  // Whoever has just sent the last words may hold the lock for another moment.
  const moved = (await move()) ?? (await sleep(500), await move())
  if (moved === undefined) throw new AppError('session-busy')
  if (isProblem(moved)) throw refusal(moved)
  await noteSession(deps, account, place.identityId, { state: moved.state, at: deps.clock.now().toISOString() })
  return { entries: (await tell(moved.words, moved.state)).entries }
}

async function isTold({ db }: ChannelDeps, conversationId: string, clientKey: string): Promise<boolean> {
  const { rows } = await sql`
    select from entries where conversation_id = ${conversationId} and client_key = ${clientKey} limit 1`.execute(db)
  return rows.length > 0
}

async function isSending({ db }: ChannelDeps, identityId: string): Promise<boolean> {
  const { rows } = await sql`
    select from deliveries where state = 'waiting' and identity_id in (
      select id from identities where id = ${identityId} or moved_to = ${identityId}) limit 1`.execute(db)
  return rows.length > 0
}

/** A channel that throws has a bug; the agent hears that it was not done. */
async function atProvider(
  deps: ChannelDeps,
  account: Account,
  address: string,
  to: 'theirs' | 'over',
): Promise<Moved | Problem> {
  const clean = cleaner(account.secrets)
  try {
    const context = contextOf(deps, account)
    return clean((await account.channel.moveSession?.(to, address, context)) ?? { code: 'unsupported' as const })
  } catch (error) {
    const detail = clean(messageOf(error)).slice(0, 500)
    deps.log.error({ inboxId: account.inbox.id, detail }, 'a session was not moved at the provider')
    return { code: 'provider-failed', detail }
  }
}

function refusal({ code, detail }: Problem): AppError {
  if (code === 'window-closed') return new AppError('session-over')
  if (code === 'held-elsewhere') return new AppError('reply-held-elsewhere')
  return new AppError('session-not-moved', { detail: detail ?? code })
}
