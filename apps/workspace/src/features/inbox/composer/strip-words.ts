import type { Translate } from '../../../shared/i18n.ts'
import { clockTime, dateTime, startOfDay } from '../../../shared/time.ts'
import { type DeliveryKey, isDeliveryKey, problemKey } from '../delivery-words.ts'
import type { Outlet } from './usual-way.ts'

export type Told = Pick<
  Outlet,
  'free' | 'onlyAnswers' | 'humanAgent' | 'template' | 'promotion' | 'why' | 'closedAt' | 'opens' | 'startWords'
>
type Words = Translate<DeliveryKey>

const timeOf = (at: string, now: number): string =>
  startOfDay(Date.parse(at)) === startOfDay(now) ? clockTime(at) : dateTime(at)

/** Until when and how often; null when there is nothing to mind. */
export function quotaWords(
  { free, humanAgent }: Pick<Told, 'free' | 'humanAgent'>,
  t: Words,
  now: number,
): string | null {
  if (free?.closesAt) {
    const time = timeOf(free.closesAt, now)
    if (free.left === null) return t('strip.until', { time })
    return t('strip.left', { left: free.left, of: free.of ?? free.left, time })
  }
  return !free && humanAgent ? t('strip.people', { time: timeOf(humanAgent.closesAt, now) }) : null
}

/** Why nothing can be written, in a few words. */
export const whyWords = ({ why }: Pick<Told, 'why'>, t: Words): string =>
  why === 'own-page' ? t('via.ownPage') : t(problemKey(why ?? 'window-closed'))

/** Since when it is shut, and what the customer does to open it again. */
export function shutWords(told: Told, t: Words, now: number): string {
  const { why, closedAt, opens, startWords } = told
  const lead =
    why === 'window-closed' && closedAt
      ? t('strip.closed', { time: timeOf(closedAt, now) })
      : t('strip.shut', { why: whyWords(told, t) })
  const acts = opens.map((act) => `act.${act}`).filter(isDeliveryKey)
  const again =
    acts.length > 0
      ? t('strip.opens', {
          acts: oneOf(
            acts.map((act) => t(act)),
            t,
          ),
        })
      : ''
  const start = startWords.length > 0 ? t('strip.start', { words: spoken(startWords, t) }) : ''
  return sentences([lead, again, start], t)
}

const isHan = (word: string): boolean => /\p{Script=Han}/u.test(word)

/** The first in Latin letters and the first in Chinese: customers know the one or the other. */
function spoken(words: readonly string[], t: Words): string {
  const first = [words.find((word) => !isHan(word)), words.find(isHan)]
  return oneOf(
    first.flatMap((word) => (word === undefined ? [] : [t('strip.quoted', { word })])),
    t,
  )
}

/** All that the strip says of a way; `others`: names of inboxes by which the customer can be answered now. */
export function stripWords(told: Told, others: readonly string[], t: Words, now: number): string | null {
  const noPromotion = told.template && !told.promotion ? t('strip.noPromotion') : ''
  if (told.free !== null || told.humanAgent !== null)
    return sentences([told.onlyAnswers ? t('strip.answers') : (quotaWords(told, t, now) ?? ''), noPromotion], t) || null
  const template = told.template && told.why !== 'only-templates' ? t('strip.template') : ''
  const open = others.length > 0 ? t('strip.others', { inboxes: others.join(t('strip.join')) }) : ''
  return sentences([shutWords(told, t, now), template, noPromotion, open], t)
}

/** One after the other, as the language sets them: Chinese has no space between. */
const sentences = (all: readonly string[], t: Words): string =>
  all.filter(Boolean).reduce((one, other) => (one === '' ? other : t('strip.then', { one, other })), '')

const oneOf = (names: readonly string[], t: Words): string =>
  [names.slice(0, -1).join(t('strip.join')), names.at(-1)].filter(Boolean).join(t('strip.or'))
