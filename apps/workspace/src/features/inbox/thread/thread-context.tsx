import type { ConversationItem, Entry, Me, MessageEntry } from '@qiao/protocol'
import { createContext, useContext } from 'react'
import { translate } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import type { StaffNames } from '../../../shared/staff.ts'
import { sharedWords } from '../../../shared/words.ts'

/** What every row of a thread needs to know. */
export interface ThreadContextValue {
  me: Me
  names: StaffNames
  item: ConversationItem
  findEntry: (id: string) => Entry | undefined
  jumpTo: (id: string) => void
  onReply: (entry: MessageEntry) => void
  onEdit: (entry: MessageEntry) => void
  onRecall: (entry: MessageEntry) => void
  openImage: (attachmentId: string) => void
}

export const ThreadContext = createContext<ThreadContextValue | null>(null)

export function useThreadContext(): ThreadContextValue {
  const value = useContext(ThreadContext)
  if (!value) throw new Error('A row stands outside of a thread')
  return value
}

export interface Person {
  id: string
  name: string
  avatarUrl: string | null
}

export function personOf(author: Entry['author'], { names, item }: Pick<ThreadContextValue, 'names' | 'item'>): Person {
  if (author.type === 'contact') {
    return { id: item.contact.id, name: contactName(item.contact), avatarUrl: item.contact.avatarUrl }
  }
  if (author.type === 'agent') {
    const agent = names.agents.get(author.id)
    return {
      id: author.id,
      name: agent?.name ?? translate(sharedWords, 'unknownAgent'),
      avatarUrl: agent?.avatarUrl ?? null,
    }
  }
  const name = translate(sharedWords, author.type === 'bot' ? 'bot' : 'system')
  return { id: author.type, name, avatarUrl: null }
}
