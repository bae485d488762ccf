import { exclusionNames, type RoutingDecision } from '@qiao/protocol'
import type { Candidate, Exclusion } from '@qiao/routing'

/**
 * How a decision keeps who could have had the work: of a hundred agents most are out for one of a few reasons, so each
 * reason names its agents once. Older decisions have the plain list.
 */
export interface StoredCandidates {
  able: [agentId: string, measure: number | null][]
  excluded: { [Reason in Exclusion]?: string[] }
}

export function storeCandidates(candidates: readonly Candidate[]): StoredCandidates {
  const stored: StoredCandidates = { able: [], excluded: {} }
  for (const { agentId, excluded, measure } of candidates) {
    if (excluded === null) stored.able.push([agentId, measure])
    else (stored.excluded[excluded] ??= []).push(agentId)
  }
  return stored
}

export function readCandidates(
  stored: StoredCandidates | RoutingDecision['candidates'],
): RoutingDecision['candidates'] {
  if (Array.isArray(stored)) return stored
  return [
    ...stored.able.map(([agentId, measure]) => ({ agentId, excluded: null, measure })),
    ...exclusionNames.flatMap((excluded) =>
      (stored.excluded[excluded] ?? []).map((agentId) => ({ agentId, excluded, measure: null })),
    ),
  ]
}
