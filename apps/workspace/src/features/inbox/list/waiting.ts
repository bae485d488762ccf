export type WaitingLevel = 'fresh' | 'soon' | 'late'

/** Against the target of a reply: from half of it on amber, past it red. */
export function waitingLevel(waitedMs: number, targetSeconds: number): WaitingLevel {
  const share = waitedMs / (targetSeconds * 1000)
  return share >= 1 ? 'late' : share >= 0.5 ? 'soon' : 'fresh'
}
