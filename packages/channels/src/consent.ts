import type { Capabilities } from './capabilities.ts'
import { afterSession, type Ledger, type Stop } from './policy.ts'
import type { Problem } from './problem.ts'

/** What customers and providers say about being written to, and what the ledger makes of it. Pure, as policy.ts is. */

type Words = Pick<Capabilities, 'optOut'>
export type Consent = 'stop' | 'stop-promotion' | 'start' | 'start-promotion'

/** A message that is nothing but a word for stop or start; null for any other. */
export function consentOf(text: string, { optOut }: Words): Exclude<Consent, 'start-promotion'> | null {
  if (!optOut) return null
  const word = text.normalize('NFKC').trim().toUpperCase()
  if (optOut.stop.includes(word)) return 'stop'
  if (optOut.stopPromotion?.includes(word)) return 'stop-promotion'
  return optOut.start.includes(word) ? 'start' : null
}

/** Where stop is a word of law, it ends with the word for start and nothing else. */
const isLaw = ({ optOut }: Words): boolean => (optOut?.stop.length ?? 0) > 0

/** Many providers tell times in whole seconds: what was written within the same one may have come later. */
const second = (at: number): number => Math.floor(at / 1000) * 1000

/** `start` when nothing was stopped changes nothing: people also say «yes» to other things. */
export function afterConsent(rules: Words, ledger: Ledger, said: Consent, at: number): Ledger {
  const { stop, noPromotion } = ledger
  const held = stop?.by === 'word' ? stop : null
  switch (said) {
    case 'stop':
      return { ...ledger, stop: held ?? { by: isLaw(rules) ? 'word' : 'customer', at: second(at) } }
    case 'stop-promotion':
      return { ...ledger, noPromotion: 'customer' }
    case 'start':
      return stop || noPromotion ? { ...ledger, stop: null, noPromotion: null } : ledger
    case 'start-promotion':
      return noPromotion ? { ...ledger, noPromotion: null } : ledger
    default:
      return said satisfies never
  }
}

/** A word against advertising is also no question: free words rest until there is one. */
export function afterWord(rules: Words, ledger: Ledger, said: Consent, at: number): Ledger {
  const after = afterConsent(rules, ledger, said, at)
  if (said !== 'stop-promotion' || after.stop?.by === 'word') return after
  return { ...after, stop: { by: 'promotion', at: second(at) } }
}

/** Who writes wants to be answered, unless their own word for stop holds until they take it back. */
export const afterWriting = (ledger: Ledger, at: number): Ledger =>
  ledger.stop && ledger.stop.by !== 'word' && at >= ledger.stop.at ? { ...ledger, stop: null } : ledger

/** A person takes back what stands in our own book because a provider refused. */
export const mayAllow = ({ stop, noPromotion }: Ledger): boolean =>
  stop === null ? noPromotion === 'provider' : stop.by === 'provider'

export const afterAllowing = (ledger: Ledger): Ledger =>
  mayAllow(ledger)
    ? { ...ledger, stop: null, noPromotion: ledger.noPromotion === 'provider' ? null : ledger.noPromotion }
    : ledger

/** What was refused. */
export interface RefusedMessage {
  kind: 'free' | 'template' | 'promotion'
  /** When it went out, in milliseconds: what the customer did later is not touched. */
  sentAt: number
}

/**
 * Providers know better: their refusal shuts what we believed to be open. That of a template says nothing about free words:
 * the customer may not have asked for this notice, or had enough advertising.
 */
export function afterRefusal(rules: Words, ledger: Ledger, { code }: Problem, refused: RefusedMessage): Ledger {
  const { kind, sentAt } = refused
  if (kind !== 'free') {
    const unwanted = kind === 'promotion' && code === 'notice-unwanted' && ledger.noPromotion === null
    return unwanted ? { ...ledger, noPromotion: 'provider' } : ledger
  }
  if (code === 'held-elsewhere') return afterSession(ledger, 'theirs', sentAt)
  if (code === 'window-closed' || code === 'quota-used')
    return { ...ledger, grants: ledger.grants.filter(({ openedAt }) => openedAt > sentAt) }
  if (code !== 'opted-out' || ledger.stop?.by === 'word') return ledger
  const by: Stop['by'] = isLaw(rules) ? 'word' : 'provider'
  const writtenSince = by === 'provider' && (ledger.wroteAt ?? 0) > sentAt
  return writtenSince ? ledger : { ...ledger, stop: { by, at: second(sentAt) } }
}

/** Chinese advertising ends with how to refuse it, and nothing else does. Other providers name the category. */
export const isPromotion = ({ category, text }: { category: string; text: string }): boolean =>
  /^(?:marketing|promotion)$/iu.test(category) || /退订|拒收/u.test(text)
