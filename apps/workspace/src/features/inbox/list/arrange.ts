/**
 * Nothing jumps: while the agent has scrolled into a list, rows keep their places and what is new is only counted
 * ("3 new ↑"). At the top, the list follows its order. What has left the list leaves in both cases.
 */
export function arrange(
  shown: readonly string[],
  ordered: readonly string[],
  hold: boolean,
): { shown: readonly string[]; arrived: number } {
  if (!hold || shown.length === 0) return { shown: sameOr(shown, ordered), arrived: 0 }
  const present = new Set(ordered)
  const held = new Set(shown)
  const kept = shown.filter((id) => present.has(id))
  // Further pages come in behind; only what would stand above or between is an arrival.
  const lastKept = kept.length > 0 ? Math.max(...kept.map((id) => ordered.indexOf(id))) : -1
  const behind = ordered.slice(lastKept + 1).filter((id) => !held.has(id))
  const arrived = ordered.slice(0, lastKept + 1).filter((id) => !held.has(id)).length
  return { shown: sameOr(shown, [...kept, ...behind]), arrived }
}

const sameOr = (before: readonly string[], after: readonly string[]): readonly string[] =>
  before.length === after.length && before.every((id, at) => id === after[at]) ? before : after

/** Which row to select next when `id` is worked off: the one below, else the one above. */
export function neighbour(shown: readonly string[], id: string | undefined, step: 1 | -1): string | undefined {
  const at = id === undefined ? -1 : shown.indexOf(id)
  if (at === -1) return step === 1 ? shown[0] : shown.at(-1)
  return shown[at + step]
}
