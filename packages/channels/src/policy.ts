import type { Allowance, Capabilities } from './capabilities.ts'
import type { ProblemCode } from './problem.ts'

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
  optedOut: boolean
}
export const emptyLedger: Ledger = { grants: [], wroteAt: null, optedOut: false }

export interface Permission {
  /** Free words; null when the window is shut. `left`: how many more messages, null without a limit. */
  free: { closesAt: number | null; left: number | null } | null
  /** Answers by people only, after the ordinary window. */
  humanAgent: { closesAt: number } | null
  template: boolean
  /** Why free words cannot be sent. */
  why: ProblemCode | null
}

type Rules = Pick<Capabilities, 'window' | 'templates'>

const allowanceOf = ({ window }: Rules, act: string): Allowance | undefined =>
  act === 'message' ? window?.message : window?.acts?.[act]

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

const aliveGrants = (rules: Rules, ledger: Ledger, now: number) =>
  ledger.grants
    .flatMap((grant) => alive(rules, grant, now) ?? [])
    .toSorted((one, other) => one.closesAt - other.closesAt)

export function permissionNow(rules: Rules, ledger: Ledger, now: number): Permission {
  if (ledger.optedOut) return { free: null, humanAgent: null, template: false, why: 'opted-out' }
  const { window } = rules
  if (window === null) {
    return { free: { closesAt: null, left: null }, humanAgent: null, template: rules.templates, why: null }
  }
  const grants = aliveGrants(rules, ledger, now)
  const lasting = grants.at(-1)
  const left = grants.some((grant) => grant.left === null)
    ? null
    : grants.reduce((sum, grant) => sum + (grant.left ?? 0), 0)
  const humanUntil = ledger.wroteAt === null ? 0 : ledger.wroteAt + (window.humanAgentMs ?? 0)
  return {
    free: lasting && left !== 0 ? { closesAt: lasting.closesAt, left } : null,
    humanAgent: window.afterwards.includes('human-agent') && now < humanUntil ? { closesAt: humanUntil } : null,
    template: rules.templates && window.afterwards.includes('template'),
    why: !lasting ? 'window-closed' : left === 0 ? 'quota-used' : null,
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

/** Providers know better: their refusal shuts what we believed to be open. */
export const afterRefusal = (ledger: Ledger): Ledger => ({ ...ledger, grants: [] })

/** A message that is nothing but a word for stop or start; null for any other. */
export function consentOf(text: string, { optOut }: Pick<Capabilities, 'optOut'>): boolean | null {
  if (!optOut) return null
  const word = text.normalize('NFKC').trim().toUpperCase()
  if (optOut.stop.includes(word)) return false
  return optOut.start.includes(word) ? true : null
}
