import { z } from 'zod'
import { noNul, webUrl } from './primitives.ts'

/** A template that is written here and submitted to the provider, and what the provider takes of it. */

export const templateButtonKinds = ['reply', 'url', 'phone'] as const

export const templateRules = z.object({
  name: z.object({ pattern: z.string().describe('Of the whole name'), most: z.number().int() }),
  languages: z.array(z.string()).describe("The provider's codes"),
  categories: z.array(z.string()),
  header: z.number().int().nullable().describe('Most characters; null where there is none'),
  body: z.number().int(),
  footer: z.number().int().nullable(),
  parameters: z.number().int().describe('Most places that are filled in'),
  parametersAtEdge: z.boolean().describe('The text may begin or end with one'),
  buttons: z
    .object({
      most: z.number().int(),
      label: z.number().int(),
      kinds: z.array(z.object({ kind: z.enum(templateButtonKinds), most: z.number().int() })),
    })
    .nullable(),
})
export type TemplateRules = z.infer<typeof templateRules>

const words = (most: number) => z.string().max(most).refine(noNul)
const label = words(200)
const templateButton = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), label }),
  z.object({ kind: z.literal('url'), label, url: words(2048) }),
  z.object({ kind: z.literal('phone'), label, phone: words(40) }),
])
export type TemplateButton = z.infer<typeof templateButton>

export const templateDraft = z.object({
  name: words(512).min(1),
  language: words(16).min(1),
  category: words(60).min(1),
  text: words(4096).min(1).describe('With `{{1}}`, `{{2}}` … for what is filled in'),
  parameters: z.array(words(200)).max(50).default([]).describe('An example of each value, in the order of the text'),
  header: words(1024).optional(),
  footer: words(1024).optional(),
  buttons: z.array(templateButton).max(20).default([]),
})
export type TemplateDraft = z.infer<typeof templateDraft>

export interface TemplateFault {
  /** Within the draft: `['buttons', 0, 'url']`. */
  path: readonly (string | number)[]
  fault: 'missing' | 'too-long' | 'too-many' | 'name' | 'choice' | 'at-edge' | 'braces' | 'no-address' | 'no-phone'
  most?: number
}

const place = /\{\{\s*(\w+)\s*\}\}/gu

/** What is filled in, each once, in the order of the text. */
export const placesIn = (text: string): string[] => [...new Set([...text.matchAll(place)].map(([, name = '']) => name))]

/** With the next number for a further place. */
export const nextPlace = (text: string): string => {
  const numbers = placesIn(text).flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  return `{{${Math.max(0, ...numbers) + 1}}}`
}

const lengthOf = (text: string): number => Array.from(text).length

/** Why the provider would not take it. The same for who draws it and for who sends it. */
export function templateFaults(draft: TemplateDraft, rules: TemplateRules): TemplateFault[] {
  const faults: TemplateFault[] = []
  const add = (path: TemplateFault['path'], fault: TemplateFault['fault'], most?: number): void => {
    faults.push({ path, fault, ...(most === undefined ? {} : { most }) })
  }
  /** Gives whether it can be looked at closer. */
  const check = (path: TemplateFault['path'], text: string, most: number): boolean => {
    if (text.trim() === '') add(path, 'missing')
    else if (lengthOf(text) > most) add(path, 'too-long', most)
    else return true
    return false
  }
  const checkAside = (part: 'header' | 'footer', text: string | undefined): void => {
    if (text === undefined || text === '') return
    const most = rules[part]
    if (most === null) add([part], 'too-long', 0)
    else if (check([part], text, most) && /\{\{|\}\}/u.test(text)) add([part], 'braces')
  }
  if (check(['name'], draft.name, rules.name.most) && !new RegExp(`^(?:${rules.name.pattern})$`, 'u').test(draft.name))
    add(['name'], 'name')
  if (!rules.languages.includes(draft.language)) add(['language'], 'choice')
  if (!rules.categories.includes(draft.category)) add(['category'], 'choice')
  if (check(['text'], draft.text, rules.body)) checkPlaces(draft, rules, add)
  checkAside('header', draft.header)
  checkAside('footer', draft.footer)
  checkButtons(draft, rules, add, check)
  return faults
}

type Add = (path: TemplateFault['path'], fault: TemplateFault['fault'], most?: number) => void

function checkPlaces({ text, parameters }: TemplateDraft, rules: TemplateRules, add: Add): void {
  const places = placesIn(text)
  // What is left when the places are taken out must hold no braces of a place that was not understood.
  if (/\{\{|\}\}/u.test(text.replaceAll(place, ''))) add(['text'], 'braces')
  else if (places.length > rules.parameters) add(['text'], 'too-many', rules.parameters)
  else if (!rules.parametersAtEdge && /^\s*\{\{|\}\}\s*$/u.test(text)) add(['text'], 'at-edge')
  for (const at of places.keys()) if ((parameters[at] ?? '').trim() === '') add(['parameters', at], 'missing')
}

function checkButtons(
  { buttons }: TemplateDraft,
  { buttons: limits }: TemplateRules,
  add: Add,
  check: (path: TemplateFault['path'], text: string, most: number) => boolean,
): void {
  if (buttons.length > (limits?.most ?? 0)) add(['buttons'], 'too-many', limits?.most ?? 0)
  if (!limits) return
  for (const [at, button] of buttons.entries()) {
    const most = limits.kinds.find(({ kind }) => kind === button.kind)?.most ?? 0
    if (buttons.slice(0, at + 1).filter(({ kind }) => kind === button.kind).length > most)
      add(['buttons', at, 'kind'], 'too-many', most)
    check(['buttons', at, 'label'], button.label, limits.label)
    if (
      button.kind === 'url' &&
      check(['buttons', at, 'url'], button.url, 2000) &&
      !webUrl.safeParse(button.url).success
    )
      add(['buttons', at, 'url'], 'no-address')
    if (button.kind === 'phone' && check(['buttons', at, 'phone'], button.phone, 20) && !phone.test(button.phone))
      add(['buttons', at, 'phone'], 'no-phone')
  }
}

const phone = /^\+\d{6,19}$/
