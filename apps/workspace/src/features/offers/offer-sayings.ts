import type { Offer } from '@qiao/protocol'
import { translate } from '../../shared/i18n.ts'
import type { EndWord } from '../../shared/routing/offers.ts'
import { policyName } from '../../shared/routing/names.ts'
import { offerWords } from './words.ts'

/** Why it rings here, in one line. */
export function whyHere({ why, shared }: Pick<Offer, 'why' | 'shared'>): string {
  if (why.preferred) return translate(offerWords, 'whyPreferred')
  if (shared) return translate(offerWords, 'shared')
  const step = why.step > 0 ? ` · ${translate(offerWords, 'whyStep', { step: why.step + 1 })}` : ''
  return translate(offerWords, 'whyPolicy', { policy: policyName(why.policy) }) + step
}

/** What became of it, for whoever still saw it ring. */
export function endWords(ended: EndWord, shared: boolean): string {
  if (ended === 'accepted') return translate(offerWords, 'end.elsewhere')
  if (ended === 'withdrawn' && shared) return translate(offerWords, 'end.taken')
  return translate(offerWords, `end.${ended}`)
}

/** How much of the time to answer is left: the share, and whole seconds as people count them. */
export function timeLeft({ madeAt, expiresAt }: Pick<Offer, 'madeAt' | 'expiresAt'>, now: number) {
  const [from, until] = [Date.parse(madeAt), Date.parse(expiresAt)]
  const left = Math.min(until - from, Math.max(0, until - now))
  const tone = left <= 5000 ? 'breached' : left <= 10_000 ? 'waiting' : 'accent'
  return { share: left / Math.max(1, until - from), seconds: Math.ceil(left / 1000), tone } as const
}
