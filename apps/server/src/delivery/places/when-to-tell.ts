import type { QueueSettings } from '@qiao/protocol'

/**
 * When somebody who waits on a channel without a live place is told of it: pure, without clock. Each message may cost money,
 * and none of them is the answer that they wait for.
 */

export const placeKinds = ['began', 'moved', 'next'] as const
export type PlaceKind = (typeof placeKinds)[number]

/** How somebody stands at this moment. */
export interface Standing {
  /** 1 is next. */
  position: number
  waitedSeconds: number
  /** The longest that they will probably wait from now on; null when nothing honest can be said. */
  foreseenSeconds: number | null
  /** It rings at an agent, whose first words will say more. */
  connecting: boolean
}

/** What was told in the same stay, oldest first; times in milliseconds. */
export interface ToldPlace {
  position: number
  at: number
}

export interface TellingRules {
  most: number
  everySeconds: number
  moved: boolean
  shortSeconds: number
}

/** `paid`: each message costs money. `counted`: the channel lets us send only some, which agents need. */
export function rulesFor(
  { announcements: said }: Pick<QueueSettings, 'announcements'>,
  { paid, counted }: { paid: boolean; counted: boolean },
): TellingRules {
  const { most, moved } = paid ? said.paid : { most: said.most, moved: true }
  return { most, moved: moved && !counted, everySeconds: said.everyMinutes * 60, shortSeconds: said.shortSeconds }
}

export function whatToTell(
  { position, waitedSeconds, foreseenSeconds, connecting }: Standing,
  told: readonly ToldPlace[],
  rules: TellingRules,
  now: number,
): PlaceKind | null {
  if (connecting || told.length >= rules.most) return null
  const last = told.at(-1)
  if (!last) return Math.max(waitedSeconds, foreseenSeconds ?? 0) >= rules.shortSeconds ? 'began' : null
  if (now - last.at < rules.everySeconds * 1000) return null
  if (foreseenSeconds !== null && foreseenSeconds < rules.shortSeconds) return null
  // Others may have come in before them since: what was told once is not told again as news.
  const best = Math.min(...told.map((each) => each.position))
  if (position === 1) return best > 1 ? 'next' : null
  // The last one is kept for being next.
  const room = told.length < rules.most - 1
  return rules.moved && room && position <= best / 2 ? 'moved' : null
}
