import type { ConversationItem, Entry, MailKind, Me, MessageEntry } from '@qiao/protocol'
import { createContext, useContext } from 'react'
import { translate } from '../../../shared/i18n.ts'
import { contactName } from '../../../shared/names.ts'
import type { StaffNames } from '../../../shared/staff.ts'
import { createStore, useStore } from '../../../shared/store.ts'
import { sharedWords } from '../../../shared/words.ts'

/** What every row of a thread needs to know. Nothing of it changes with a message that arrives: all rows would be drawn anew. */
export interface ThreadContextValue {
  me: Me
  names: StaffNames
  conversationId: string
  contact: ConversationItem['contact']
  jumpTo: (id: string) => void
  onReply: (entry: MessageEntry) => void
  onMail: (kind: MailKind, entry: MessageEntry) => void
  onEdit: (entry: MessageEntry) => void
  onRecall: (entry: MessageEntry) => void
  /** Null takes it back. */
  onReact: (entry: MessageEntry, emoji: string | null) => void
  openConversation: (id: string) => void
  onSplit: (entry: MessageEntry) => void
  openImage: (attachmentId: string) => void
}

export const ThreadContext = createContext<ThreadContextValue | null>(null)

/** For the few who show another entry than their own. A store, because a context that changes is looked for in all rows. */
export interface EntriesById {
  get(id: string): Entry | undefined
  all: readonly Entry[]
}
/** Put in order when the first of them is asked for: most threads quote nothing, and have thousands. */
export function entriesById(entries: readonly Entry[]): EntriesById {
  let held: ReadonlyMap<string, Entry> | undefined
  return { all: entries, get: (id) => (held ??= new Map(entries.map((entry) => [entry.id, entry]))).get(id) }
}
export const EntriesContext = createContext(createStore(entriesById([])))
export const useEntry = (id: string): Entry | undefined => useStore(useContext(EntriesContext), (all) => all.get(id))

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

/** In a group the customer is the group: each message names whose it is. */
export function writerOf(
  { author, body }: Pick<MessageEntry, 'author' | 'body'>,
  context: Pick<ThreadContextValue, 'names' | 'contact'>,
): Person {
  const by = 'by' in body ? body.by : undefined
  return by && author.type === 'contact' ? { id: author.id, name: by.name, avatarUrl: null } : personOf(author, context)
}

export function personOf(
  author: Entry['author'],
  { names, contact }: Pick<ThreadContextValue, 'names' | 'contact'>,
): Person {
  if (author.type === 'contact') {
    return { id: contact.id, name: contactName(contact), avatarUrl: contact.avatarUrl }
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
