/** Where a thread stands: pixels above its window, and of all rows. */
export interface Place {
  top: number
  height: number
}

/** How long what the reader did keeps the thread moving: a flick on a phone. */
const movesForMs = 1000

/**
 * Whether its reader left the end. Rows that are measured anew or fold their history move a thread too: up when it becomes
 * shorter, and the end away downwards when it grows. So a thread whose height changed was moved by the reader only if they
 * have just touched it; one of the same height by nobody else.
 */
export const wentUp = (last: Place, now: Place, sinceTouchedMs: number): boolean =>
  now.top < last.top && (now.height === last.height || sinceTouchedMs < movesForMs)
