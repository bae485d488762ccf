import { type Demand, type Outlook, outlookWhenAllWait, outlookWithPatience } from './erlang.ts'

/** What a lead promises; every part that is given must hold. */
export interface ServiceTarget {
  /** Share of arrivals, 0 to 1, served within `withinSeconds`. */
  share?: number
  withinSeconds?: number
  asaSeconds?: number
  abandonment?: number
  /** Above this share of work nobody holds out for a day. */
  occupancy?: number
}

export interface Staffing {
  agents: number
  outlook: Outlook
}

const meets = (outlook: Outlook, target: ServiceTarget): boolean =>
  (target.share === undefined || outlook.serviceLevel(target.withinSeconds ?? 0) >= target.share) &&
  outlook.asaSeconds <= (target.asaSeconds ?? Infinity) &&
  outlook.abandonment <= (target.abandonment ?? 1) &&
  outlook.occupancy <= (target.occupancy ?? 1)

/**
 * The fewest agents that meet the target, or null when `most` do not either. Without `patienceSeconds` nobody gives up
 * (Erlang C), which asks for too many agents where more than 3 % do.
 */
export function agentsNeeded(
  demand: Demand,
  target: ServiceTarget,
  { patienceSeconds, most = 10_000 }: { patienceSeconds?: number; most?: number } = {},
): Staffing | null {
  const outlookFor = (agents: number): Outlook | null =>
    patienceSeconds === undefined
      ? outlookWhenAllWait(demand, agents)
      : outlookWithPatience(demand, agents, patienceSeconds)
  const enough = (agents: number): boolean => {
    const outlook = outlookFor(agents)
    return outlook !== null && meets(outlook, target)
  }
  if (!enough(most)) return null
  // More agents never serve worse: the boundary is found by halving.
  let [tooFew, many] = [0, most]
  while (many - tooFew > 1) {
    const middle = Math.floor((tooFew + many) / 2)
    if (enough(middle)) many = middle
    else tooFew = middle
  }
  const outlook = outlookFor(many)
  return outlook && { agents: many, outlook }
}
