import {
  afterSending,
  type Capabilities,
  type Ledger,
  opening,
  type Permission,
  permissionNow,
  type Problem,
  type ProblemCode,
  quotaOf,
} from '@qiao/channels'
import type { SentKind } from './sent-kind.ts'

/** What a message goes out under. */
export type Allowance = 'open' | 'human-agent' | 'template'

/** What was taken from the customer's grants for one message. */
export interface Spent {
  act: string
  openedAt: number
  count: number
}

/** Our clock and the provider's agree only almost, and a request takes its time. */
const marginMs = 60_000

/** A window ends for us a little before it ends for the provider; of one that lasts a minute, a tenth before. */
function withMargin({ window }: Pick<Capabilities, 'window'>, ledger: Ledger): Ledger {
  const lasting = (act: string): number =>
    (act === 'message' ? window?.message.ms : window?.acts?.[act]?.ms) ?? Number.POSITIVE_INFINITY
  return {
    ...ledger,
    wroteAt: ledger.wroteAt === null ? null : ledger.wroteAt - marginMs,
    grants: ledger.grants.map((grant) => ({
      ...grant,
      openedAt: grant.openedAt - Math.min(marginMs, lasting(grant.act) / 10),
    })),
  }
}

export function permissionOf(rules: Capabilities, ledger: Ledger, now: Date): Permission {
  const permission = permissionNow(rules, withMargin(rules, ledger), now.getTime())
  return rules.answers?.only && permission.why === 'quota-used' ? { ...permission, why: 'answer-waits' } : permission
}

/** What the customer does helps. */
const opened: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['window-closed', 'quota-used', 'answer-waits'])

/** The same with what people are told beside it. */
export function standingOf(rules: Capabilities, ledger: Ledger, now: Date) {
  const permission = permissionOf(rules, ledger, now)
  const { of, closedAt } = quotaOf(rules, withMargin(rules, ledger), now.getTime())
  const isOptedOut = permission.why === 'opted-out'
  const waits = permission.why !== null && opened.has(permission.why)
  return {
    ...permission,
    of,
    closedAt: permission.why === 'window-closed' ? closedAt : null,
    opens: waits ? opening(rules) : [],
    startWords: isOptedOut ? [...(rules.optOut?.start ?? [])] : [],
  }
}

/** Half a message is worse than none: all of its parts go out, or it is refused with both numbers. */
export function tooMany(permission: Permission, allowance: Allowance, parts: number): Problem | null {
  const left = allowance === 'open' ? (permission.free?.left ?? null) : null
  if (left === null || parts <= left) return null
  const detail = `需要发 ${parts} 条，只能再发 ${left} 条 It takes ${parts} messages, and ${left} may still be sent`
  return { code: 'quota-used', detail }
}

/** Under what it may go out, or why it may not. */
export function allowanceFor(
  permission: Permission,
  kind: SentKind,
  byAgent: boolean,
): Allowance | { refused: ProblemCode } {
  if (kind !== 'free') {
    if (!permission.template) return { refused: permission.why ?? 'template-refused' }
    return kind === 'template' || permission.promotion ? 'template' : { refused: 'notice-unwanted' }
  }
  if (permission.free) return 'open'
  if (permission.humanAgent && byAgent) return 'human-agent'
  return { refused: permission.why ?? 'window-closed' }
}

/** Before the request: two processes that send to one customer cannot both use the last message. */
export function spend(
  rules: Capabilities,
  ledger: Ledger,
  allowance: Allowance,
  now: Date,
): { ledger: Ledger; spent: Spent[] } {
  if (allowance !== 'open') return { ledger, spent: [] }
  const after = afterSending(rules, withMargin(rules, ledger), 1, now.getTime())
  const used = new Map(after.grants.map((grant) => [grant.act, grant.used]))
  const grants = ledger.grants.map((grant) => ({ ...grant, used: used.get(grant.act) ?? grant.used }))
  const spent = ledger.grants.flatMap(({ act, openedAt, used: before }) => {
    const count = (used.get(act) ?? before) - before
    return count > 0 ? [{ act, openedAt, count }] : []
  })
  return { ledger: { ...ledger, grants }, spent }
}

/** What was not used goes back to the grant that it came from, if that is still the same. */
export const giveBack = (ledger: Ledger, spent: readonly Spent[]): Ledger => ({
  ...ledger,
  grants: ledger.grants.map((grant) => {
    const mine = spent.find(({ act, openedAt }) => act === grant.act && openedAt === grant.openedAt)
    return mine ? { ...grant, used: Math.max(0, grant.used - mine.count) } : grant
  }),
})
