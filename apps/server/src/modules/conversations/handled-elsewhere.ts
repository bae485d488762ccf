import type { Conversation } from '@qiao/protocol'
import type { NewEntry } from './append.ts'

/** People have the customer in the provider's own app: nobody here can answer, so nobody is to be offered it. */
export const handledElsewhere: NewEntry = {
  kind: 'conversation.closed',
  body: { reason: 'elsewhere' },
  author: { type: 'system' },
}

/** Who has it in hand here decides themselves when they are done. */
export const leaveToOthers = ({ state, assigneeId }: Pick<Conversation, 'state' | 'assigneeId'>): NewEntry[] =>
  state === 'open' && assigneeId === null ? [handledElsewhere] : []
