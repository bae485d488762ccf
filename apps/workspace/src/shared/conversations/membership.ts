import type { Conversation, ConversationItem } from '@qiao/protocol'
import type { ListFilters, Viewer } from './filters.ts'

/** `unknown`: only the server can say (a search, a mention read long ago); what is listed stays listed. */
export type Belongs = 'yes' | 'no' | 'unknown'

export const canSee = (conversation: Conversation, viewer: Viewer): boolean =>
  viewer.inboxIds === null ||
  viewer.inboxIds.includes(conversation.inboxId) ||
  conversation.assigneeId === viewer.agentId ||
  conversation.participantIds.includes(viewer.agentId) ||
  conversation.consults.some(({ agentId }) => agentId === viewer.agentId) ||
  (conversation.teamId !== null && viewer.teamIds.includes(conversation.teamId))

const isOfTeam = ({ teamId, inboxId }: Conversation, viewer: Viewer): boolean =>
  teamId === null ? viewer.teamInboxIds.includes(inboxId) : viewer.teamIds.includes(teamId)

const yesIf = (condition: boolean): Belongs => (condition ? 'yes' : 'no')

function inView(item: ConversationItem, view: ListFilters['view'], viewer: Viewer): Belongs {
  const { conversation } = item
  const open = conversation.state === 'open'
  switch (view) {
    case 'mine':
      return yesIf(open && conversation.assigneeId === viewer.agentId)
    case 'unassigned':
      return yesIf(open && conversation.assigneeId === null)
    case 'team':
      return yesIf(open && isOfTeam(conversation, viewer))
    case 'all':
      return yesIf(open)
    case 'snoozed':
      return yesIf(conversation.state === 'snoozed')
    case 'closed':
      return yesIf(conversation.state === 'closed')
    case 'mentions':
      // Those already read are listed as well, and only the server remembers them.
      return item.mentioned ? 'yes' : 'unknown'
    default:
      return view satisfies never
  }
}

export function belongs(item: ConversationItem, filters: ListFilters, viewer: Viewer): Belongs {
  const { conversation } = item
  if (!canSee(conversation, viewer)) return 'no'
  if (filters.inboxId && conversation.inboxId !== filters.inboxId) return 'no'
  if (filters.teamId && conversation.teamId !== filters.teamId) return 'no'
  if (filters.tag && !conversation.tags.includes(filters.tag)) return 'no'
  // A search looks through every state, whatever the view.
  if (filters.search) return 'unknown'
  return inView(item, filters.view, viewer)
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byId = (a: ConversationItem, b: ConversationItem): number => byText(a.conversation.id, b.conversation.id)

/** Who waits longest comes first; who does not wait comes last. */
const waits = ({ conversation }: ConversationItem): string =>
  conversation.waitingSince ? `0${conversation.waitingSince}` : `1${conversation.lastActivityAt}`

/** The server's order of a list. Instants are ISO strings in UTC, which sort as text. */
export function compareItems(filters: ListFilters): (a: ConversationItem, b: ConversationItem) => number {
  if (filters.search) return (a, b) => -byText(a.conversation.lastActivityAt, b.conversation.lastActivityAt)
  if (filters.view === 'closed') {
    return (a, b) => -byText(a.conversation.closedAt ?? '', b.conversation.closedAt ?? '') || -byId(a, b)
  }
  if (filters.sort === 'newest') {
    return (a, b) => -byText(a.conversation.lastActivityAt, b.conversation.lastActivityAt) || -byId(a, b)
  }
  if (filters.sort === 'oldest') {
    return (a, b) => byText(a.conversation.lastActivityAt, b.conversation.lastActivityAt) || byId(a, b)
  }
  return (a, b) => byText(waits(a), waits(b)) || byId(a, b)
}
