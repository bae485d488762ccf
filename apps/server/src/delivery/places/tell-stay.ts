import type { Conversation } from '@qiao/protocol'
import { sql } from 'kysely'
import { readPublicAgents } from '#access'
import { lookAtQueue } from '#routing'
import { channelOf } from '../channel-deps.ts'
import { announce, findListener, type TellingDeps } from './announce.ts'
import type { StayEvent } from './follow-stays.ts'
import { speakingTo, type StayKind, stayText, withChoices } from './place-words.ts'

/** What became of a stay, told once. */
export async function tellStay(deps: TellingDeps, told: StayEvent): Promise<void> {
  const { conversationId, itemId, event, agentId } = told
  const listener = await findListener(deps, conversationId)
  const item = await readItem(deps, itemId)
  const now = item && (await lookAtQueue(deps.pool, deps.clock.now())(item.queue_id))
  if (!listener || !now) return
  const { queue, open } = now
  const { announcements, alternatives, overflow } = queue.settings
  if ((event === 'kept' || event === 'turned-away') && !announcements.closed) return
  if (event === 'taken') {
    const paid = channelOf(deps, listener.account.inbox.channel)?.capabilities.paid === true
    const wanted = paid ? announcements.paid.taken : announcements.taken
    // Who was not told to wait has nothing to be told now.
    if (!wanted || !item.told) return
  }
  const kind: StayKind = event === 'kept' ? (open ? 'full' : 'closed') : event
  const [agent] = agentId ? await readPublicAgents(deps.db, [agentId]) : []
  const speaking = speakingTo(queue, listener.language, listener.account.inbox.settings.defaultLocale)
  const phone = item.callback_phone ?? listener.phone
  const callsBack = alternatives.callback || Object.values(overflow).some(({ to }) => to === 'callback')
  const offers = event === 'kept' && announcements.choices && callsBack && phone !== null
  await announce(deps, listener, {
    conversationId,
    itemId,
    step: event,
    kind,
    said: withChoices(stayText(kind, { agent, phone }, speaking), offers ? ['callback'] : [], speaking),
    holds: (conversation) => stillSo(conversation, told),
  })
}

/** As long as it is news. */
function stillSo(conversation: Conversation, { event, itemId, agentId }: StayEvent): boolean {
  switch (event) {
    case 'taken':
      // Whoever has answered since has said so themselves.
      return conversation.assigneeId === agentId && conversation.waitingSince !== null
    case 'kept':
    case 'message':
    case 'callback':
      return conversation.queue?.itemId === itemId
    case 'turned-away':
      return conversation.queue === null && conversation.assigneeId === null
    case 'left':
      return conversation.state === 'closed'
    default:
      return event satisfies never
  }
}

async function readItem({ db }: TellingDeps, itemId: string) {
  const { rows } = await sql<{ queue_id: string; callback_phone: string | null; told: boolean }>`
    select queue_id, callback_phone, exists (
      select from told_stays where item_id = id and position is not null) as told
    from work_items where id = ${itemId} and queue_id is not null`.execute(db)
  return rows[0] ?? null
}
