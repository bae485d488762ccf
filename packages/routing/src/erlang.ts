/**
 * Closed formulas of queueing: N agents, Poisson arrivals, exponential handling times. They answer staffing questions in
 * microseconds; where their assumptions do not hold (skills, concurrency, shifts), `simulate` answers instead.
 *
 * Load is in erlangs (arrivals per second × mean handling seconds), times in seconds, shares and probabilities 0 to 1.
 * Sources: Cooper, Introduction to Queueing Theory; Garnett, Mandelbaum, Reiman, "Designing a call center with impatient
 * customers" (2002).
 */

/** Share of arrivals that find all agents busy where nobody waits. By recursion: factorials overflow at 171 agents. */
export function erlangB(load: number, agents: number): number {
  let blocked = 1
  for (let agent = 1; agent <= agents; agent += 1) blocked = (load * blocked) / (agent + load * blocked)
  return blocked
}

/** Share of arrivals that must wait where nobody gives up; null when the load is too much, so that the queue only grows. */
export function erlangC(load: number, agents: number): number | null {
  if (load >= agents) return null
  const blocked = erlangB(load, agents)
  return (agents * blocked) / (agents - load * (1 - blocked))
}

export interface Demand {
  arrivalsPerSecond: number
  handleSeconds: number
}

/** What customers and agents live through, in the long run. */
export interface Outlook {
  /** Share of arrivals that do not get an agent at once. */
  waiting: number
  /** Mean wait of all arrivals, those who give up included. */
  meanWaitSeconds: number
  /** Average speed of answer: mean wait of those who were served. */
  asaSeconds: number
  meanQueueLength: number
  /** Share of arrivals that give up. */
  abandonment: number
  /** Share of the agents' time that is work. */
  occupancy: number
  /** Share of arrivals that are served within so many seconds. */
  serviceLevel: (seconds: number) => number
}

/** Erlang C: everybody waits for as long as it takes. null when the queue would only grow. */
export function outlookWhenAllWait(demand: Demand, agents: number): Outlook | null {
  const { arrivalsPerSecond, handleSeconds } = demand
  const load = arrivalsPerSecond * handleSeconds
  const waiting = erlangC(load, agents)
  if (waiting === null) return null
  const asaSeconds = (waiting * handleSeconds) / (agents - load)
  return {
    waiting,
    meanWaitSeconds: asaSeconds,
    asaSeconds,
    meanQueueLength: arrivalsPerSecond * asaSeconds,
    abandonment: 0,
    occupancy: load / agents,
    serviceLevel: (seconds) => 1 - waiting * Math.exp((-(agents - load) * seconds) / handleSeconds),
  }
}

/** The wait that this share of arrivals does not exceed, where nobody gives up. */
export function waitPercentile(demand: Demand, agents: number, share: number): number | null {
  const load = demand.arrivalsPerSecond * demand.handleSeconds
  const waiting = erlangC(load, agents)
  if (waiting === null) return null
  return Math.max(0, (demand.handleSeconds / (agents - load)) * Math.log(waiting / (1 - share)))
}

/** A state of the queue that is this much (e^-40) less probable than the likeliest no longer changes a result. */
const negligible = 40

/**
 * Erlang A: a customer's patience is exponential. Holds under any load, because those who give up keep the queue finite.
 */
export function outlookWithPatience(demand: Demand, agents: number, patienceSeconds: number): Outlook {
  const { arrivalsPerSecond, handleSeconds } = demand
  const [serving, leaving] = [1 / handleSeconds, 1 / patienceSeconds]
  const { weights, below } = queueStates(demand, agents, agents * serving, leaving)
  const allBusy = weights.reduce((sum, weight) => sum + weight, 0)
  const total = allBusy + below
  const meanQueueLength = weights.reduce((sum, weight, queued) => sum + queued * weight, 0) / total
  const abandonment = (leaving * meanQueueLength) / arrivalsPerSecond
  const served = arrivalsPerSecond * (1 - abandonment)
  const serviceLevel = (seconds: number): number =>
    (below + servedInTime(weights, (agents * serving) / leaving, leaving * seconds)) / total
  return {
    waiting: allBusy / total,
    meanWaitSeconds: meanQueueLength / arrivalsPerSecond,
    asaSeconds:
      abandonment < 1 ? waitOfServed(weights, (agents * serving) / leaving, leaving) / (total * (1 - abandonment)) : 0,
    meanQueueLength,
    abandonment,
    occupancy: agents > 0 ? served / (agents * serving) : 0,
    serviceLevel,
  }
}

/**
 * How probable the states are, relative to the likeliest: `weights[k]` with all agents busy and k waiting, `below` with a
 * free agent. By logarithms: their range is larger than that of numbers.
 */
function queueStates({ arrivalsPerSecond, handleSeconds }: Demand, agents: number, serving: number, leaving: number) {
  const free: number[] = []
  for (let busy = agents, log = 0; busy > 0; busy -= 1) {
    log += Math.log(busy / (arrivalsPerSecond * handleSeconds))
    free.push(log)
  }
  const logs = [0]
  let log = 0
  let likeliest = free.reduce((most, each) => Math.max(most, each), 0)
  for (let queued = 1; log > likeliest - negligible; queued += 1) {
    log += Math.log(arrivalsPerSecond / (serving + queued * leaving))
    likeliest = Math.max(likeliest, log)
    logs.push(log)
  }
  return {
    weights: logs.map((each) => Math.exp(each - likeliest)),
    below: free.reduce((sum, each) => sum + Math.exp(each - likeliest), 0),
  }
}

/**
 * An arrival with k ahead is served after k + 1 departures with rates (c + j)·θ, j = k … 0, unless its own patience ends
 * first. With S that time, e^(-θS) is Beta(c, k + 1) distributed, so P(served by t) = c / (c + k + 1) · (1 - I(c + 1, k + 1)),
 * where the incomplete beta function I at x = e^(-θt) is a finite sum that grows by one term with k.
 */
function servedInTime(weights: readonly number[], c: number, thetaTime: number): number {
  if (c === 0) return 0
  const x = Math.exp(-thetaTime)
  let term = x ** (c + 1)
  let incomplete = 0
  let sum = 0
  weights.forEach((weight, ahead) => {
    incomplete += term
    term = (term * (1 - x) * (c + 1 + ahead)) / (ahead + 1)
    sum += weight * (c / (c + ahead + 1)) * (1 - incomplete)
  })
  return sum
}

/** Sum over the states of weight × E[wait; served]: E[S·e^(-θS)], with S the sum of exponentials named above. */
function waitOfServed(weights: readonly number[], c: number, theta: number): number {
  let wait = 0
  let sum = 0
  weights.forEach((weight, ahead) => {
    wait += 1 / ((c + 1 + ahead) * theta)
    sum += weight * (c / (c + ahead + 1)) * wait
  })
  return sum
}
