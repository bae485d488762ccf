import { fillTemplate, placesIn, type TemplateDraft, type TemplateRules } from '@qiao/protocol'
import type { Template } from '../../contract.ts'
import { languageOf, longestText } from './reply.ts'

/**
 * What both providers take of a template for the mainland; each README says where it is documented. Reviewers want to see
 * the whole text as it will be, so what is sent to them ends with one.
 */
export const commonRules = {
  codes: true,
  languages: [],
  categories: ['notification', 'promotion', 'verification'],
  header: null,
  body: longestText,
  footer: null,
  parameters: 20,
  parametersAtEdge: true,
  apart: true,
  forbidden: '【】¥★※☞✓',
  buttons: null,
  remark: { most: 200, needed: true },
  byCategory: { promotion: { oneOf: ['拒收请回复R'] } },
} satisfies Omit<TemplateRules, 'name'>

export const prefixOf = ({ signName }: { signName: string }): string => `【${signName}】`

export const remarkOf = (draft: TemplateDraft, account: { signName: string }): string => {
  const example = fillTemplate(draft.text, placesIn(draft.text), draft.parameters)
  return `${draft.remark ?? ''}\n短信示例：${prefixOf(account)}${example}`.trim()
}

const place = /\{\{\s*(\w+)\s*\}\}/gu

/** The words as the provider writes them. */
export const wordsOf = ({ text }: TemplateDraft, placeOf: (name: string, at: number) => string): string => {
  const places = placesIn(text)
  return text.replaceAll(place, (_whole, name: string) => placeOf(name, places.indexOf(name)))
}

/** It waits for its review, which takes hours. */
export const submitted = (
  code: string,
  { name, category }: TemplateDraft,
  text: string,
  parameters: readonly string[],
): Template => ({ name: code, title: name, language: languageOf(text), category, state: 'pending', text, parameters })

/** Consoles name a template by its code when nobody gave it a name. */
export const titleOf = (title: string, code: string): { title?: string } => (title && title !== code ? { title } : {})
