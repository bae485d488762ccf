import type { Writable } from 'node:stream'

/**
 * To be called before each write: what is written in one turn of the event loop leaves in one system call. One each would
 * cost more than all the rest of a small frame or statement.
 */
export function corkTurn(stream: Pick<Writable, 'cork' | 'uncork'>): () => void {
  let corked = false
  return () => {
    if (corked) return
    corked = true
    stream.cork()
    process.nextTick(() => {
      corked = false
      stream.uncork()
    })
  }
}
