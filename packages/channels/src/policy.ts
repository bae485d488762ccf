import type { Capabilities } from './capabilities.ts'
import type { ProblemCode } from './problem.ts'
import { allowanceOf, opening } from './quota.ts'

/**
 * What may be sent to a customer now, from the channel's data and what is on record of them. Pure; the server keeps the
 * ledger in the transactions that receive and send.
 */

/** What one act of the customer allows. */
export interface Grant {
  /** `message`, or a name of `ReplyWindow.acts`. */
  act: string
  /** Milliseconds. */
  openedAt: number
  used: number
}
export interface Ledger {
  grants: readonly Grant[]
  /** When the customer last wrote, in milliseconds: longer windows for people's answers count from there. */
  wroteAt: number | null
  /** What keeps messages away (consent.ts). */
  stop: Stop | null
  /** Advertising is not wanted: as the customer said, or as the provider did when it refused some. */
  noPromotion: 'customer' | 'provider' | null
  /** Since when people have the session in the provider's own app, in milliseconds. */
  heldAt?: number | null
}
/**
 * `word`: the customer's own word for stop, to which law and carriers hold until they say start. `customer`: they left or
 * shut the chat. `promotion`: they refused advertising, and free words rest until they write again. `provider`: it refused.
 */
export interface Stop {
  by: 'word' | 'customer' | 'promotion' | 'provider'
  /** Milliseconds. */
  at: number
}
export const emptyLedger: Ledger = { grants: [], wroteAt: null, stop: null, noPromotion: null }

export interface Permission {
  /** Free words; null when the window is shut. `left`: how many more messages, null without a limit. */
  free: { closesAt: number | null; left: number | null } | null
  /** Answers by people only, after the ordinary window. */
  humanAgent: { closesAt: number } | null
  template: boolean
  /** Those of advertising too. */
  promotion: boolean
  /** Why free words cannot be sent. */
  why: ProblemCode | null
}

type Rules = Pick<Capabilities, 'window' | 'templates'>

function alive(
  rules: Rules,
  grant: Grant,
  now: number,
): { grant: Grant; closesAt: number; left: number | null } | null {
  const allowance = allowanceOf(rules, grant.act)
  if (!allowance) return null
  const closesAt = grant.openedAt + allowance.ms
  return now < closesAt
    ? { grant, closesAt, left: allowance.messages === null ? null : Math.max(0, allowance.messages - grant.used) }
    : null
}

/** A session lasts no longer than the window of the words that began it; its end may not have been told. */
const isHeld = ({ window }: Rules, { heldAt = null }: Ledger, now: number): boolean =>
  heldAt !== null && now < heldAt + (window?.message.ms ?? Infinity)

/** People took it over in the provider's own app, or it is over: then only what the customer does from here on allows anything. */
export function afterSession(ledger: Ledger, state: 'theirs' | 'over' | 'ours', at: number): Ledger {
  if (state === 'theirs') return { ...ledger, heldAt: at }
  if (state === 'ours') return { ...ledger, heldAt: null }
  return { ...ledger, heldAt: null, grants: ledger.grants.filter(({ openedAt }) => openedAt > at) }
}

const aliveGrants = (rules: Rules, ledger: Ledger, now: number) =>
  ledger.grants
    .flatMap((grant) => alive(rules, grant, now) ?? [])
    .toSorted((one, other) => one.closesAt - other.closesAt)

export function permissionNow(rules: Rules, ledger: Ledger, now: number): Permission {
  const { window } = rules
  if (ledger.stop) {
    // Notices and codes are no advertising.
    const template = ledger.stop.by === 'promotion' && rules.templates
    return { free: null, humanAgent: null, template, promotion: false, why: 'opted-out' }
  }
  if (isHeld(rules, ledger, now)) {
    return { free: null, humanAgent: null, template: false, promotion: false, why: 'held-elsewhere' }
  }
  const template = rules.templates && (window === null || window.afterwards.includes('template'))
  const promotion = template && ledger.noPromotion === null
  if (window === null) {
    return { free: { closesAt: null, left: null }, humanAgent: null, template, promotion, why: null }
  }
  const grants = aliveGrants(rules, ledger, now)
  // What is used up keeps nothing open: a click's minute is not the two days of the message before.
  const lasting = grants.findLast((grant) => grant.left !== 0)
  const left = grants.some((grant) => grant.left === null)
    ? null
    : grants.reduce((sum, grant) => sum + (grant.left ?? 0), 0)
  const humanUntil = ledger.wroteAt === null ? 0 : ledger.wroteAt + (window.humanAgentMs ?? 0)
  return {
    free: lasting ? { closesAt: lasting.closesAt, left } : null,
    humanAgent: window.afterwards.includes('human-agent') && now < humanUntil ? { closesAt: humanUntil } : null,
    template,
    promotion,
    why: lasting
      ? null
      : opening(rules).length === 0
        ? 'only-templates'
        : grants.length > 0
          ? 'quota-used'
          : 'window-closed',
  }
}

/** The customer wrote or did something. Repeats and late arrivals never shorten what is open. */
export function afterAct(rules: Rules, ledger: Ledger, act: string, at: number): Ledger {
  const wroteAt = act === 'message' ? Math.max(at, ledger.wroteAt ?? 0) : ledger.wroteAt
  if (!allowanceOf(rules, act)) return { ...ledger, wroteAt }
  const before = ledger.grants.find((grant) => grant.act === act)
  if (before && before.openedAt >= at) return { ...ledger, wroteAt }
  const others = ledger.grants.filter((grant) => grant.act !== act)
  return { ...ledger, wroteAt, grants: [...others, { act, openedAt: at, used: 0 }] }
}

/** So many messages went out freely. They count against what ends first. */
export function afterSending(rules: Rules, ledger: Ledger, messages: number, now: number): Ledger {
  let owed = messages
  const grants = new Map(ledger.grants.map((grant) => [grant.act, grant]))
  for (const { grant, left } of aliveGrants(rules, ledger, now)) {
    const taken = left === null ? owed : Math.min(owed, left)
    grants.set(grant.act, { ...grant, used: grant.used + taken })
    owed -= taken
  }
  return { ...ledger, grants: [...grants.values()] }
}
