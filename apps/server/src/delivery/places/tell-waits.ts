import type { Channel } from '@qiao/channels'
import { callback } from '@qiao/protocol'
import { sql } from 'kysely'
import { messageOf } from '#platform/thrown'
import type { WaitNow } from '#routing'
import { channelOf } from '../channel-deps.ts'
import { isCounted } from '../policy/announcing.ts'
import { announce, findListener, type TellingDeps } from './announce.ts'
import { type Choice, placeText, speakingTo, withChoices } from './place-words.ts'
import { type PlaceKind, rulesFor, type ToldPlace, whatToTell } from './when-to-tell.ts'

/** Who could not be told, because the channel does not let us or something failed, is not thought of again for so long. */
const restMs = 30_000

/**
 * Tells those who wait on a channel by messages there; what was told before is known from its rows, so that it does not
 * matter which process tells, nor how often it is asked.
 */
export function createWaitTeller(deps: TellingDeps): (waits: readonly WaitNow[]) => Promise<void> {
  const resting = new Map<string, number>()
  return async (waits) => {
    // Our own page shows the place as it moves and belongs to no channel; who is called back need not stay.
    const here = waits.filter(({ channel }) => channel !== callback && isTold(channelOf(deps, channel)))
    const now = deps.clock.now().getTime()
    for (const [itemId, until] of resting) if (until <= now) resting.delete(itemId)
    const told = await readTold(
      deps,
      here.flatMap(({ itemId }) => (resting.has(itemId) ? [] : [itemId])),
    )
    for (const wait of here) {
      const { itemId } = wait
      const places = told.get(itemId)
      const kind = places && decide(deps, wait, places, now)
      if (!kind) continue
      const done = await tell(deps, wait, kind, places.length + 1).catch((error: unknown) => {
        deps.log.warn({ reason: messageOf(error) }, 'a customer could not be told of the wait')
        return false
      })
      if (!done) resting.set(itemId, now + restMs)
    }
  }
}

/** Nobody waits for a letter within minutes, and it may come from a program. */
const isTold = (channel: Channel | undefined): boolean => channel !== undefined && channel.capabilities.letters !== true

function decide(deps: TellingDeps, wait: WaitNow, told: readonly ToldPlace[], now: number): PlaceKind | null {
  const capabilities = channelOf(deps, wait.channel)?.capabilities
  if (!capabilities) return null
  const { queue, place, enteredAt, foreseenSeconds, connecting } = wait
  const waitedSeconds = (now - enteredAt.getTime()) / 1000
  const rules = rulesFor(queue.settings, { paid: capabilities.paid === true, counted: isCounted(capabilities) })
  return whatToTell({ position: place.position, waitedSeconds, foreseenSeconds, connecting }, told, rules, now)
}

async function tell(deps: TellingDeps, wait: WaitNow, kind: PlaceKind, number: number): Promise<boolean> {
  const { itemId, conversationId, queue, place } = wait
  const listener = await findListener(deps, conversationId)
  if (!listener) return false
  const speaking = speakingTo(queue, listener.language, listener.account.inbox.settings.defaultLocale)
  const offered: Choice[] = [
    ...place.alternatives.filter((each) => each !== 'callback' || listener.phone !== null),
    'nothing',
  ]
  // Who is next would be sorry to have chosen something else.
  const choices = queue.settings.announcements.choices && kind !== 'next' ? offered : []
  return announce(deps, listener, {
    conversationId,
    itemId,
    step: `place-${number}`,
    kind,
    position: place.position,
    said: withChoices(placeText(kind, place, speaking), choices, speaking),
    holds: (conversation) => conversation.queue?.itemId === itemId,
  })
}

/** Of each of these stays, also of those of which nothing was told; oldest first. */
async function readTold({ db }: TellingDeps, itemIds: readonly string[]): Promise<Map<string, ToldPlace[]>> {
  const told = new Map<string, ToldPlace[]>(itemIds.map((id) => [id, []]))
  if (itemIds.length === 0) return told
  const { rows } = await sql<{ item_id: string; position: number; told_at: Date }>`
    select item_id, position, told_at from told_stays
    where item_id = any(${[...itemIds]}::uuid[]) and position is not null order by told_at`.execute(db)
  for (const row of rows) told.get(row.item_id)?.push({ position: row.position, at: row.told_at.getTime() })
  return told
}
