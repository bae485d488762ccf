import type { Allowance, Capabilities } from './capabilities.ts'
import type { Grant, Ledger } from './policy.ts'

/** What people are told beside what is left: of how many, since when it is shut, and what opens it again. Pure. */
export interface Quota {
  /** All messages that the open grants allow together; null without a limit, and when nothing is open. */
  of: number | null
  /** Milliseconds; null while it is open, and when nobody knows. */
  closedAt: number | null
}

/** What that act allows on this channel. */
export const allowanceOf = ({ window }: Pick<Capabilities, 'window'>, act: string): Allowance | undefined =>
  act === 'message' ? window?.message : window?.acts?.[act]

export function quotaOf(rules: Pick<Capabilities, 'window'>, { grants }: Pick<Ledger, 'grants'>, now: number): Quota {
  const known = grants.flatMap((grant: Grant) => {
    const allowance = allowanceOf(rules, grant.act)
    return allowance ? [{ messages: allowance.messages, closesAt: grant.openedAt + allowance.ms }] : []
  })
  const open = known.filter(({ closesAt }) => now < closesAt)
  if (open.length === 0) {
    return { of: null, closedAt: known.length > 0 ? Math.max(...known.map(({ closesAt }) => closesAt)) : null }
  }
  const counted = open.map(({ messages }) => messages)
  return {
    of: counted.reduce<number | null>((sum, each) => (sum === null || each === null ? null : sum + each), 0),
    closedAt: null,
  }
}

/** `message`, and names of `window.acts`: what a customer can do so that free words may be sent again. */
export const opening = ({ window }: Pick<Capabilities, 'window'>): string[] =>
  window === null
    ? []
    : Object.entries({ message: window.message, ...window.acts }).flatMap(([act, { ms, messages }]) =>
        ms > 0 && messages !== 0 ? [act] : [],
      )
