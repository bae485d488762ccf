import type { ConversationView, Me, Team } from '@qiao/protocol'

export type ListSort = 'newest' | 'oldest' | 'waiting'

/** One list of conversations; also the key of its cache. */
export interface ListFilters {
  view: ConversationView
  inboxId?: string | undefined
  teamId?: string | undefined
  tag?: string | undefined
  search?: string | undefined
  sort: ListSort
}

/** Who looks: decides what a list holds, by the same rules as the server's. */
export interface Viewer {
  agentId: string
  teamIds: readonly string[]
  /** null sees every inbox. */
  inboxIds: readonly string[] | null
  /** Inboxes that one of the own teams answers. */
  teamInboxIds: readonly string[]
}

export const viewerOf = (me: Pick<Me, 'id' | 'teamIds' | 'inboxIds'>, teams: readonly Team[]): Viewer => ({
  agentId: me.id,
  teamIds: me.teamIds,
  inboxIds: me.inboxIds,
  teamInboxIds: teams.filter((team) => me.teamIds.includes(team.id)).flatMap((team) => team.inboxIds),
})
