import { z } from 'zod'
import { id, noNul } from './primitives.ts'
import { checkButtons } from './template-draft-buttons.ts'
import { templateHeads } from './template-parts.ts'

/** A template that is written here and submitted to the provider, and what the provider takes of it. */

export const templateStates = ['approved', 'pending', 'rejected', 'paused', 'disabled'] as const
export const templateButtonKinds = ['reply', 'url', 'phone', 'code'] as const

const templateKind = z.object({
  kind: z.string().describe("The provider's name of it"),
  words: z.object({ zh: z.string(), en: z.string() }),
  categories: z.array(z.string()).describe('Of templates in which a place can be of this kind'),
})

export const templateRules = z.object({
  name: z.object({ pattern: z.string().describe('Of the whole name'), most: z.number().int() }),
  codes: z.literal(true).optional().describe('The provider names each by a code of its own; `name` is for people'),
  languages: z.array(z.string()).describe("The provider's codes; empty where the words say it"),
  categories: z.array(z.string()),
  header: z.number().int().nullable().describe('Most characters; null where there is none'),
  headerPlaces: z.number().int().optional().describe('Most places in the header; absent: none'),
  heads: z.array(z.enum(templateHeads)).optional().describe('What can stand above the words instead of a header'),
  body: z.number().int(),
  footer: z.number().int().nullable(),
  parameters: z.number().int().describe('Most places that are filled in'),
  parametersAtEdge: z.boolean().describe('The text may begin or end with one'),
  buttons: z
    .object({
      most: z.number().int(),
      label: z.number().int(),
      kinds: z.array(
        z.object({
          kind: z.enum(templateButtonKinds),
          most: z.number().int(),
          categories: z.array(z.string()).optional().describe('Of templates that can have one; absent: all'),
        }),
      ),
      places: z.literal(true).optional().describe('An address may end with `{{1}}`'),
      code: z.number().int().optional().describe('Most characters of what a button copies'),
    })
    .nullable(),
  prefix: z.string().optional().describe('Stands before every text and counts as part of it'),
  remark: z
    .object({ most: z.number().int(), needed: z.boolean() })
    .optional()
    .describe('What it is for, for the reviewers'),
  places: z.string().optional().describe('Pattern of the name of a place; without it any name will do'),
  alike: z.literal(true).optional().describe('Places have numbers or names, not both'),
  apart: z.literal(true).optional().describe('Words have to stand between two places, and beside one that is alone'),
  forbidden: z.string().optional().describe('Characters that no text may have'),
  kinds: z.array(templateKind).optional().describe('What a place can hold, where that has to be said of each'),
  byCategory: z
    .record(z.string(), z.object({ parameters: z.number().int().optional(), oneOf: z.array(z.string()).optional() }))
    .optional()
    .describe('`parameters`: most places; `oneOf`: words of which the text needs one'),
  edits: z.array(z.enum(templateStates)).optional().describe('States in which it can be changed and submitted again'),
})
export type TemplateRules = z.infer<typeof templateRules>

const words = (most: number) => z.string().max(most).refine(noNul)
const label = words(200)
const templateButton = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), label }),
  z.object({
    kind: z.literal('url'),
    label,
    url: words(2048),
    example: words(2048).optional().describe('The whole address with an example of its place'),
  }),
  z.object({ kind: z.literal('phone'), label, phone: words(40) }),
  z.object({
    kind: z.literal('code'),
    label: label.default('').describe('The words on it are those of the provider'),
    example: words(100),
  }),
])
export type TemplateButton = z.infer<typeof templateButton>

export const templateDraft = z.object({
  name: words(512).min(1),
  language: words(16).default('').describe('Left out where the provider has no choice of languages'),
  category: words(60).min(1),
  text: words(4096).min(1).describe('With `{{1}}`, `{{2}}` … for what is filled in'),
  parameters: z.array(words(200)).max(50).default([]).describe('An example of each value, in the order of the text'),
  kinds: z.array(words(60)).max(50).optional().describe('What each place holds, where the rules have kinds'),
  remark: words(2000).optional(),
  header: words(1024).optional(),
  headerParameters: z.array(words(200)).max(10).optional().describe('An example of each of its places'),
  head: z
    .discriminatedUnion('type', [
      z.object({ type: z.enum(['image', 'video', 'file']), attachmentId: id.describe('A sample for the reviewers') }),
      z.object({ type: z.literal('location') }),
    ])
    .optional()
    .describe('Instead of a header of words'),
  footer: words(1024).optional(),
  buttons: z.array(templateButton).max(20).default([]),
})
export type TemplateDraft = z.infer<typeof templateDraft>

export interface TemplateFault {
  /** Within the draft: `['buttons', 0, 'url']`. */
  path: readonly (string | number)[]
  fault:
    | 'missing'
    | 'too-long'
    | 'too-many'
    | 'name'
    | 'choice'
    | 'at-edge'
    | 'apart'
    | 'braces'
    | 'place'
    | 'forbidden'
    | 'words'
    | 'no-address'
    | 'no-phone'
    | 'mixed'
  most?: number
  /** The words of which one is missing, the characters that may not be, the name that may not. */
  what?: string
}

const place = /\{\{\s*(\w+)\s*\}\}/gu

/** What is filled in, each once, in the order of the text. */
export const placesIn = (text: string): string[] => [...new Set([...text.matchAll(place)].map(([, name = '']) => name))]

/** With the next number for a further place. */
export const nextPlace = (text: string, { places }: Pick<TemplateRules, 'places'> = {}): string => {
  const numbers = placesIn(text).flatMap((name) => /^(?:text)?(\d+)$/u.exec(name)?.[1] ?? [])
  const next = `${Math.max(0, ...numbers.map(Number)) + 1}`
  return places === undefined || whole(places).test(next) ? `{{${next}}}` : `{{text${next}}}`
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u')
const lengthOf = (text: string): number => Array.from(text).length
const withoutPlaces = (text: string): string[] => text.split(place).filter((_part, at) => at % 2 === 0)

/** Why the provider would not take it. The same for who draws it and for who sends it. */
export function templateFaults(draft: TemplateDraft, rules: TemplateRules): TemplateFault[] {
  const faults: TemplateFault[] = []
  const add: Add = (path, fault, more) => void faults.push({ path, fault, ...more })
  /** Gives whether it can be looked at closer. */
  const check = (path: TemplateFault['path'], text: string, most: number): boolean => {
    if (text.trim() === '') add(path, 'missing')
    else if (lengthOf(text) > most) add(path, 'too-long', { most })
    else return true
    return false
  }
  const checkAside = (part: 'header' | 'footer', text: string | undefined): void => {
    if (text === undefined || text === '') return
    const most = rules[part]
    if (most === null) add([part], 'too-long', { most: 0 })
    else if (check([part], text, most)) checkAsidePlaces(part, text)
  }
  const checkAsidePlaces = (part: 'header' | 'footer', text: string): void => {
    const most = part === 'header' ? (rules.headerPlaces ?? 0) : 0
    const rest = most > 0 ? withoutPlaces(text).join('') : text
    const places = most > 0 ? placesIn(text) : []
    if (/\{\{|\}\}/u.test(rest)) add([part], 'braces')
    else if (places.length > most) add([part], 'too-many', { most })
    for (const at of places.keys())
      if (isBlank(draft.headerParameters?.[at] ?? '')) add(['headerParameters', at], 'missing')
  }
  if (check(['name'], draft.name, rules.name.most) && !whole(rules.name.pattern).test(draft.name)) add(['name'], 'name')
  if (rules.languages.length > 0 && !rules.languages.includes(draft.language)) add(['language'], 'choice')
  if (!rules.categories.includes(draft.category)) add(['category'], 'choice')
  if (check(['text'], draft.text, rules.body - lengthOf(rules.prefix ?? ''))) checkText(draft, rules, add)
  if (rules.remark && (rules.remark.needed || draft.remark)) check(['remark'], draft.remark ?? '', rules.remark.most)
  checkAside('header', draft.header)
  checkAside('footer', draft.footer)
  if (draft.head && (draft.header || !rules.heads?.includes(draft.head.type))) add(['head'], 'choice')
  if (draft.head && 'attachmentId' in draft.head && draft.head.attachmentId === '')
    add(['head', 'attachmentId'], 'missing')
  if (rules.alike && areMixed([...placesIn(draft.text), ...placesIn(draft.header ?? '')])) add(['text'], 'mixed')
  checkButtons(draft, rules, add, check)
  return faults
}

const areMixed = (names: readonly string[]): boolean => new Set(names.map((name) => /^\d+$/u.test(name))).size > 1

export type Add = (
  path: TemplateFault['path'],
  fault: TemplateFault['fault'],
  more?: Pick<TemplateFault, 'most' | 'what'>,
) => void

function checkText({ text, parameters, kinds, category }: TemplateDraft, rules: TemplateRules, add: Add): void {
  const places = placesIn(text)
  const ofCategory = rules.byCategory?.[category]
  const most = Math.min(rules.parameters, ofCategory?.parameters ?? rules.parameters)
  const misnamed = places.find((name) => rules.places !== undefined && !whole(rules.places).test(name))
  const forbidden = Array.from(rules.forbidden ?? '').find((character) => text.includes(character))
  const between = withoutPlaces(text)
  // What is left when the places are taken out must hold no braces of a place that was not understood.
  if (between.some((part) => /\{\{|\}\}/u.test(part))) add(['text'], 'braces')
  else if (places.length > most) add(['text'], 'too-many', { most })
  else if (misnamed !== undefined) add(['text'], 'place', { what: misnamed })
  else if (!rules.parametersAtEdge && /^\s*\{\{|\}\}\s*$/u.test(text)) add(['text'], 'at-edge')
  else if (rules.apart && (isBlank(between.join('')) || between.slice(1, -1).some(isBlank))) add(['text'], 'apart')
  else if (forbidden !== undefined) add(['text'], 'forbidden', { what: forbidden })
  else if (ofCategory?.oneOf && !ofCategory.oneOf.some((wanted) => text.includes(wanted)))
    add(['text'], 'words', { what: ofCategory.oneOf.join(' / ') })
  for (const at of places.keys()) {
    if (isBlank(parameters[at] ?? '')) add(['parameters', at], 'missing')
    if (rules.kinds && !kindsFor(rules, category).some(({ kind }) => kind === kinds?.[at])) add(['kinds', at], 'choice')
  }
}
const isBlank = (text: string): boolean => text.trim() === ''

/** What places of a template of this category can hold. */
export const kindsFor = ({ kinds = [] }: TemplateRules, category: string): z.infer<typeof templateKind>[] =>
  kinds.filter(({ categories }) => categories.includes(category))
