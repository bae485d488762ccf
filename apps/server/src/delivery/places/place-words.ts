import {
  type ContentOf,
  fillIn,
  nearestLocale,
  type Queue,
  type QueueWords,
  type WaitRange,
  type WidgetLocale,
} from '@qiao/protocol'
import { wordsFor } from '#routing'
import { builtInWords, type PlaceWords } from './built-in-words.ts'
import type { PlaceKind } from './when-to-tell.ts'

/** What is said of waiting in the customer's language: the queue's own words where it has some. Pure. */

export type Said = ContentOf<'text'> | ContentOf<'menu'>
export type StayKind = 'taken' | 'closed' | 'full' | 'turned-away' | 'left' | 'message' | 'callback'
/** What the customer may answer; ids that no other menu has. */
export const choiceIds = { message: 'wait-message', callback: 'wait-callback', nothing: 'wait-leave' } as const
export type Choice = keyof typeof choiceIds

export interface Speaking {
  locale: WidgetLocale
  own: QueueWords
  builtIn: PlaceWords
}

/** A customer of whom no language is known speaks that of the inbox. */
export function speakingTo(
  queue: Pick<Queue, 'settings'>,
  language: string | null,
  defaultLocale: WidgetLocale,
): Speaking {
  const locale = (language === null ? null : nearestLocale(language)) ?? defaultLocale
  return { locale, own: wordsFor(queue, locale), builtIn: builtInWords[locale] }
}

const asText = (text: string): Said => ({ type: 'text', text, markup: 'none' })

/** Words about a wait that nobody can honestly name give way to the built-in ones. */
export function placeText(
  kind: PlaceKind,
  { position, wait }: { position: number; wait: WaitRange | null },
  { locale, own, builtIn }: Speaking,
): string {
  const written = { began: own.queued, moved: own.moved, next: own.next }[kind]
  if (written && (wait || !written.includes('{wait}'))) {
    const minutes = wait ? `${Math.round(wait.lowSeconds / 60)}–${Math.round(wait.highSeconds / 60)}` : ''
    return fillIn(written, { position: String(position), wait: minutes })
  }
  const place = position === 1 ? builtIn.next : plural(builtIn.ahead, position - 1, locale)
  return wait ? fillIn(builtIn.withWait, { place, wait: waitText(wait, locale) }) : place
}

export function stayText(
  kind: StayKind,
  values: { agent?: { name: string; number: string | null } | undefined; phone?: string | null | undefined },
  { own, builtIn }: Speaking,
): string {
  switch (kind) {
    case 'taken': {
      const { name = '', number = null } = values.agent ?? {}
      if (own.taken && (number || !own.taken.includes('{number}')))
        return fillIn(own.taken, { agent: name, ...(number ? { number } : {}) })
      return number ? fillIn(builtIn.servesNumber, { name, number }) : fillIn(builtIn.serves, { name })
    }
    case 'closed':
      return own.closed ?? `${builtIn.offDuty} ${builtIn.messageLeft}`
    case 'full':
      return own.full ?? `${builtIn.allBusy} ${builtIn.messageLeft}`
    case 'turned-away':
      return builtIn.comeLater
    case 'left':
      return builtIn.left
    case 'message':
      return builtIn.messageLeft
    case 'callback':
      return fillIn(builtIn.callbackSet, { phone: values.phone ?? '' })
    default:
      return kind satisfies never
  }
}

/** With answers to choose from where there are any: buttons, or numbers where the channel has no buttons. */
export function withChoices(text: string, choices: readonly Choice[], { builtIn }: Speaking): Said {
  if (choices.length === 0) return asText(text)
  const labels = { message: builtIn.leaveMessage, callback: builtIn.callMeBack, nothing: builtIn.leave }
  const options = choices.map((choice) => ({ id: choiceIds[choice], label: labels[choice] }))
  return { type: 'menu', text, style: 'quick', options }
}

export type Option = ContentOf<'menu'>['options'][number]
export const optionsOf = (said: Said): readonly Option[] => (said.type === 'menu' ? said.options : [])

/** Which of the options a customer means who pressed one, wrote its number, or its words. */
export function chosenOf(
  { text, choice }: Pick<ContentOf<'text'>, 'text' | 'choice'>,
  options: readonly Option[],
): Choice | null {
  const word = plainly(text).replace(/[.。)）、]$/u, '')
  const chosen = choice
    ? options.find(({ id }) => id === choice.optionId)
    : options.find(({ label }, index) => word === String(index + 1) || word === plainly(label))
  const known = (['message', 'callback', 'nothing'] as const).find((each) => choiceIds[each] === chosen?.id)
  return known ?? null
}

const plainly = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

function plural(forms: string, count: number, locale: WidgetLocale): string {
  const byName = new Map(
    forms.split('|').map((form) => {
      const at = form.indexOf(':')
      return [form.slice(0, at), form.slice(at + 1)] as const
    }),
  )
  const form = byName.get(new Intl.PluralRules(locale).select(count)) ?? byName.get('other') ?? ''
  return fillIn(form, { n: String(count) })
}

/** "3–5 minutes", as our own page says it. */
function waitText({ lowSeconds, highSeconds }: WaitRange, locale: WidgetLocale): string {
  const hours = lowSeconds >= 5400
  const steps = (seconds: number): number => Math.max(1, Math.round(seconds / (hours ? 1800 : 60))) / (hours ? 2 : 1)
  const [low, high] = [steps(lowSeconds), steps(highSeconds)]
  const unit = hours ? 'hour' : 'minute'
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })
  const text = low < high ? format.formatRange(low, high) : format.format(high)
  return text.replace('-', '–').replace(/(\d)([分小])/u, '$1 $2')
}
