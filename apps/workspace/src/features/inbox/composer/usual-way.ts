import type { ConversationOutlet } from '@qiao/protocol'

/** The way that is meant while nobody has chosen: where the customer wrote last, when that is open. */
export const usualWay = (outlets: readonly ConversationOutlet[]): ConversationOutlet | undefined =>
  outlets.find(({ latest, open }) => latest && open) ?? outlets.find(({ own }) => own)
