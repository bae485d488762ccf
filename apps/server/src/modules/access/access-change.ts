import { EventEmitter } from 'node:events'

/** Told after the commit: what these agents may do has changed, so that open sockets must ask anew who they are. */
export interface AccessChange {
  /** `all`: everybody's sight may have changed. */
  agentIds: readonly string[] | 'all'
  reason: 'disabled' | 'role' | 'teams' | 'inboxes' | 'signed-out' | 'password' | 'key-revoked'
}

export interface AccessChanges {
  announce: (change: AccessChange) => void
  onAccessChanged: (listener: (change: AccessChange) => void) => () => void
}

export function createAccessChanges(): AccessChanges {
  const emitter = new EventEmitter()
  emitter.setMaxListeners(0)
  return {
    announce: (change) => void emitter.emit('change', change),
    onAccessChanged: (listener) => {
      emitter.on('change', listener)
      return () => void emitter.off('change', listener)
    },
  }
}
