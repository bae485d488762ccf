import type { Waiting } from '../core/state.ts'
import { waitRange } from './times.ts'
import { say } from './words.ts'

/** What somebody who waits is told: the queue's own words where it has some. */
export function waitWords({ place, connecting, connectingText }: Waiting): string {
  if (connecting) return connectingText ?? say('connectingAgent')
  if (!place) return say('arranging')
  if (place.text !== null) return place.text
  const where = place.position === 1 ? say('next') : say('ahead', { n: place.position - 1 })
  return place.wait ? say('placeWait', { place: where, wait: waitRange(place.wait) }) : where
}
