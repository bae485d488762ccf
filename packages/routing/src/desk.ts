import type { CapacityProfile } from './work-item.ts'

interface Work {
  /** Seconds of work left, as if it were the only one. */
  seconds: number
  /** Seconds of after-contact work that follow. */
  after: number
  units: number
}

/** What a simulated agent works on. Work in hand is done side by side, each more slowly the more there is. */
export interface Desk {
  begin: (itemId: string, now: number, work: { seconds: number; after: number; channel: string }) => void
  /** Ends what is done by now: contacts, and work that leaves the desk. */
  finish: (now: number) => { contacts: readonly string[]; done: readonly string[] }
  /** Shifts may touch or overlap: they are counted. */
  shift: (now: number, change: 1 | -1) => boolean
  /** When the next one is done if nothing is added. */
  nextAt: () => number
  /** What was planned before the last change is void. */
  version: () => number
}

/** `use` is told of every stretch in which the agent was at work: units in use and units there are. */
export function createDesk(
  capacity: CapacityProfile,
  {
    from,
    slowdown,
    use,
  }: { from: number; slowdown: number; use: (from: number, to: number, units: number, of: number) => void },
): Desk {
  const hands = new Map<string, Work>()
  const most = [...capacity.channels.values()].reduce((sum, cost) => sum + cost.units * cost.most, 0)
  const total = Math.min(capacity.units, most)
  let since = from
  let shifts = 0
  let changes = 0
  const pace = (): number => 1 + slowdown * (hands.size - 1)

  function goOn(now: number): void {
    const done = (now - since) / 1000 / pace()
    let units = 0
    for (const work of hands.values()) {
      work.seconds -= done
      units += work.units
    }
    // What is in hand at the end of a shift is finished: that time counts as well.
    if (now > since && (shifts > 0 || hands.size > 0)) use(since, now, units, total)
    since = now
    changes += 1
  }
  return {
    begin(itemId, now, { seconds, after, channel }) {
      goOn(now)
      hands.set(itemId, { seconds, after, units: capacity.channels.get(channel)?.units ?? 0 })
    },
    finish(now) {
      goOn(now)
      const [contacts, done]: [string[], string[]] = [[], []]
      const least = leastOf(hands)
      for (const [itemId, work] of hands) {
        if (work.seconds > Math.max(least, 0) + 1e-9) continue
        if (work.after >= 0) contacts.push(itemId)
        if (work.after > 0) hands.set(itemId, { ...work, seconds: work.after, after: -1 })
        else {
          hands.delete(itemId)
          done.push(itemId)
        }
      }
      return { contacts, done }
    },
    shift(now, change) {
      goOn(now)
      shifts += change
      return shifts > 0
    },
    nextAt: () => (hands.size === 0 ? Infinity : since + Math.max(0, leastOf(hands)) * 1000 * pace()),
    version: () => changes,
  }
}

function leastOf(hands: ReadonlyMap<string, Work>): number {
  let least = Infinity
  for (const { seconds } of hands.values()) least = Math.min(least, seconds)
  return least
}
