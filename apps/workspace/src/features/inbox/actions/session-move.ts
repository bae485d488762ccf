import type { ConversationOutlet } from '@qiao/protocol'

/** What can be done with the customer's session at the provider: it is with people there, or could be. */
export interface SessionMove {
  to: 'theirs' | 'over'
  label: { zh: string; en: string }
  ask: { zh: string; en: string }
}
type Way = Pick<ConversationOutlet, 'limits' | 'why' | 'free'>

export function sessionMove(way: Way | undefined): SessionMove | null {
  const words = way?.limits?.sessions
  if (!words) return null
  if (way.why === 'held-elsewhere') return { to: 'over', label: words.end, ask: words.endAsk }
  return way.free ? { to: 'theirs', label: words.give, ask: words.giveAsk } : null
}
