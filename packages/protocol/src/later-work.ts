/** Work that does not come from a channel: words left for later, and a promise to call back. */
export const leftMessage = 'message'
export const callback = 'callback'

/** Nobody waits at the other end for it. */
export const isLater = (channel: string): boolean => channel === leftMessage || channel === callback
