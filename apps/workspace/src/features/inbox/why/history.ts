import type { OutputOf, explainRouting } from '@qiao/protocol'

type Explained = OutputOf<typeof explainRouting>
export type Candidate = Explained['decisions'][number]['candidates'][number]
export type Exclusion = NonNullable<Candidate['excluded']>

export type Step =
  | { type: 'decision'; at: string; decision: Explained['decisions'][number] }
  | { type: 'offer'; at: string; offer: Explained['offers'][number] }
/** One stay in one queue, with what was decided and offered meanwhile, in the order in which it happened. */
export interface Stay {
  item: Explained['items'][number]
  steps: Step[]
}

export function historyOf({ items, decisions, offers }: Pick<Explained, 'items' | 'decisions' | 'offers'>): Stay[] {
  return items
    .toSorted((a, b) => compare(a.enteredAt, b.enteredAt))
    .map((item) => {
      const decided = decisions.map((decision): Step => ({ type: 'decision', at: decision.at, decision }))
      const offered = offers.map((offer): Step => ({ type: 'offer', at: offer.madeAt, offer }))
      // An offer follows from the decision of the same instant.
      const steps = [...decided, ...offered].filter((step) => itemIdOf(step) === item.id)
      return { item, steps: steps.toSorted((a, b) => compare(a.at, b.at) || rank(a) - rank(b)) }
    })
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const rank = ({ type }: Step): number => (type === 'decision' ? 0 : 1)
const itemIdOf = (step: Step): string => (step.type === 'decision' ? step.decision.itemId : step.offer.itemId)

/** Who could take it, best first, and who could not, by the reason. */
export function sortCandidates(candidates: readonly Candidate[]): {
  able: Candidate[]
  excluded: { why: Exclusion; agentIds: string[] }[]
} {
  const able = candidates
    .filter(({ excluded }) => excluded === null)
    .toSorted((a, b) => (a.measure ?? Infinity) - (b.measure ?? Infinity))
  const excluded: { why: Exclusion; agentIds: string[] }[] = []
  for (const { agentId, excluded: why } of candidates) {
    if (why === null) continue
    const group = excluded.find((each) => each.why === why)
    if (group) group.agentIds.push(agentId)
    else excluded.push({ why, agentIds: [agentId] })
  }
  return { able, excluded: excluded.toSorted((a, b) => b.agentIds.length - a.agentIds.length) }
}
