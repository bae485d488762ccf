import type { OverflowAction, QueueSettings } from '@qiao/protocol'

/** What a customer meets in a queue, and how many seconds after coming; null before they join. */
export type ChainLink =
  | { kind: 'closed' | 'full' | 'long'; at: number | null; action: OverflowAction; count?: number }
  | { kind: 'group'; at: number; index: number }
  | { kind: 'step'; at: number; index: number }
  | { kind: 'alternatives'; at: number; message: boolean; callback: boolean }
  | { kind: 'in' | 'forever'; at: number | null }

type Settings = Pick<QueueSettings, 'groups' | 'steps' | 'limits' | 'overflow' | 'alternatives'>

export function chainOf(settings: Settings, hasHours: boolean): ChainLink[] {
  const { groups, steps, limits, overflow, alternatives } = settings
  const before: ChainLink[] = [
    ...(hasHours ? [{ kind: 'closed' as const, at: null, action: overflow.whenClosed }] : []),
    ...(limits.length === null
      ? []
      : [{ kind: 'full' as const, at: null, action: overflow.whenFull, count: limits.length }]),
    { kind: 'in', at: 0 },
  ]
  const long = limits.waitSeconds
  // Who moves elsewhere does not meet what would come later here.
  const leaves = long !== null && ['queue', 'bot', 'closed'].includes(overflow.whenLong.to)
  let stepAt = 0
  const during: (ChainLink & { at: number })[] = [
    ...groups.flatMap((group, index) =>
      group.afterSeconds > 0 ? [{ kind: 'group' as const, at: group.afterSeconds, index }] : [],
    ),
    ...steps.slice(1).map((_, index) => {
      stepAt += steps[index]?.seconds ?? 0
      return { kind: 'step' as const, at: stepAt, index: index + 1 }
    }),
    ...(alternatives.message || alternatives.callback
      ? [{ kind: 'alternatives' as const, ...alternatives, at: alternatives.afterSeconds }]
      : []),
    ...(long === null ? [] : [{ kind: 'long' as const, at: long, action: overflow.whenLong }]),
  ]
  const met = during.filter((link) => !leaves || link.at <= long).toSorted((a, b) => a.at - b.at)
  return [...before, ...met, ...(leaves ? [] : [{ kind: 'forever' as const, at: null }])]
}
