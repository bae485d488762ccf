import type { QiaoEvents } from '../../sdk.ts'
import { type ChatState, listed } from './state.ts'

/** The place for the page's own code: of the conversation in which most has happened last. */
export function placeForPage(state: ChatState): QiaoEvents['queue'] {
  for (const { id } of listed(state)) {
    const place = state.places.get(id)?.place
    if (place) {
      const { position, wait } = place
      return { position, lowSeconds: wait?.lowSeconds ?? null, highSeconds: wait?.highSeconds ?? null }
    }
  }
  return null
}
