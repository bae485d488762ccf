import type { LeaveBody } from '../net/api.ts'
import { say } from './words.ts'

/** What became of a wait that the visitor ended. */
export function choiceWords({ instead, phone = '' }: Pick<LeaveBody, 'instead' | 'phone'>): string {
  if (instead === 'nothing') return say('leftQueue')
  // Isolated: in a line from right to left a number still reads from left to right.
  return instead === 'message' ? say('willAnswer') : say('callbackSet', { phone: `\u2066${phone}\u2069` })
}
