/** Told after the commit: what these agents may do has changed, so that open sockets must ask anew who they are. */
export interface AccessChange {
  /** `all`: everybody's sight may have changed. */
  agentIds: readonly string[] | 'all'
  reason: 'disabled' | 'role' | 'teams' | 'inboxes' | 'signed-out' | 'password' | 'key-revoked'
}

/** Which list changed, for screens that show it. */
export type StaffChange = 'agents' | 'teams' | 'organisation'

export interface AccessChanges {
  announce: (change: AccessChange) => void
  onAccessChanged: (listener: (change: AccessChange) => void) => () => void
  announceList: (what: StaffChange) => void
  onListChanged: (listener: (what: StaffChange) => void) => () => void
}
