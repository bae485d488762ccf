import type { EntryOf } from '@qiao/protocol'
import { translate } from '../../../shared/i18n.ts'
import { joinedWords } from './words.ts'

export type JoinedEntry = EntryOf<
  | 'conversation.merged'
  | 'conversation.absorbed'
  | 'conversation.undelivered'
  | 'conversation.split'
  | 'conversation.started'
>
type EventKey = `event.${'merged' | 'unmerged' | 'absorbed' | 'unabsorbed' | 'split' | 'splitFrom' | 'undelivered'}`

interface Told {
  words: string
  /** The other conversation. */
  id: string
  number: number
  /** A message of this one of which it speaks. */
  entryId?: string
}

export const isJoined = (entry: { kind: string }): entry is JoinedEntry =>
  entry.kind === 'conversation.merged' ||
  entry.kind === 'conversation.absorbed' ||
  entry.kind === 'conversation.undelivered' ||
  entry.kind === 'conversation.split' ||
  entry.kind === 'conversation.started'

/** What an entry tells of another conversation; null when of none. */
export function joinedEvent(entry: JoinedEntry, actor: string): Told | null {
  const told = (key: EventKey, id: string, number: number): Told => ({
    words: translate(joinedWords, key, { actor, number }),
    id,
    number,
  })
  switch (entry.kind) {
    case 'conversation.merged': {
      const { intoId, intoNumber, undone } = entry.body
      return told(undone ? 'event.unmerged' : 'event.merged', intoId, intoNumber)
    }
    case 'conversation.absorbed': {
      const { fromId, fromNumber, undone } = entry.body
      return told(undone ? 'event.unabsorbed' : 'event.absorbed', fromId, fromNumber)
    }
    case 'conversation.undelivered': {
      const { fromId, fromNumber, problem } = entry.body
      return problem ? told('event.undelivered', fromId, fromNumber) : null
    }
    case 'conversation.split': {
      const { entryId, toId, toNumber } = entry.body
      return { ...told('event.split', toId, toNumber), entryId }
    }
    case 'conversation.started': {
      const { splitFrom } = entry.body
      return splitFrom ? told('event.splitFrom', splitFrom.conversationId, splitFrom.number) : null
    }
    default:
      return entry satisfies never
  }
}
