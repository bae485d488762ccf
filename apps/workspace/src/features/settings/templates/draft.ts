import {
  kindsFor,
  type MessageTemplate,
  placesIn,
  type TemplateButton,
  type TemplateDraft,
  type TemplateRules,
} from '@qiao/protocol'

/** What is typed so far. An example belongs to its place, wherever that moves in the text. */
export interface Draft extends Omit<TemplateDraft, 'parameters' | 'kinds' | 'remark' | 'header' | 'footer'> {
  header: string
  footer: string
  remark: string
  examples: Readonly<Record<string, string>>
  /** What a place holds, as far as it was chosen. */
  kinds: Readonly<Record<string, string>>
}

/** In the reader's own language, where the provider has it. */
export function emptyDraft({ languages, categories }: TemplateRules, reader: string): Draft {
  const [base = ''] = reader.split('-')
  const exact = languages.find((code) => code.replaceAll('_', '-') === reader)
  const language = exact ?? languages.find((code) => code.split('_')[0] === base) ?? languages[0] ?? ''
  return {
    name: '',
    language,
    category: categories[0] ?? '',
    text: '',
    header: '',
    footer: '',
    remark: '',
    examples: {},
    kinds: {},
    buttons: [],
  }
}

/** What is known of one that is there. Providers do not tell what was written to their reviewers. */
export function draftOf(template: MessageTemplate, rules: TemplateRules, reader: string): Draft {
  const { category, language, text } = template
  const empty = emptyDraft(rules, reader)
  return {
    ...empty,
    name: template.title ?? template.name,
    text,
    ...(rules.categories.includes(category) ? { category } : {}),
    ...(rules.languages.includes(language) ? { language } : {}),
  }
}

/** The first that there is, until somebody chooses. */
export function kindOf({ kinds, category }: Draft, rules: TemplateRules, name: string): string {
  const possible = kindsFor(rules, category).map(({ kind }) => kind)
  const chosen = kinds[name]
  return chosen !== undefined && possible.includes(chosen) ? chosen : (possible[0] ?? '')
}

export function toSubmit(whole: Draft, rules: TemplateRules): TemplateDraft {
  const { examples, kinds: _, header, footer, remark, ...draft } = whole
  const places = placesIn(draft.text)
  const parameters = places.map((name) => examples[name]?.trim() ?? '')
  return {
    ...draft,
    text: draft.text.trim(),
    parameters,
    ...(rules.kinds ? { kinds: places.map((name) => kindOf(whole, rules, name)) } : {}),
    ...(remark.trim() ? { remark: remark.trim() } : {}),
    ...(header.trim() ? { header: header.trim() } : {}),
    ...(footer.trim() ? { footer: footer.trim() } : {}),
  }
}

/** As the provider will show it. */
export function previewOf(
  draft: Draft,
  { prefix = '' }: TemplateRules,
): Pick<MessageTemplate, 'language' | 'parameters' | 'components'> {
  const { language, text, header, footer, buttons } = draft
  const parts = [
    { part: 'header', text: header },
    { part: 'body', text: text.trim() && prefix + text },
    { part: 'footer', text: footer },
    ...buttons.map(({ label }) => ({ part: 'button', text: label }) as const),
  ] as const
  return { language, parameters: placesIn(text), components: parts.filter((one) => one.text.trim() !== '') }
}

/** As close to the provider's rule for names as case and blanks can bring it while somebody types. */
export function namedBy({ name }: TemplateRules, typed: string): string {
  const rule = new RegExp(`^(?:${name.pattern})$`, 'u')
  const plain = typed.toLowerCase().replaceAll(/[\s-]+/gu, '_')
  return rule.test(typed) || !rule.test(plain) ? typed : plain
}

/** The same button with another thing to do. */
export function buttonAs(kind: TemplateButton['kind'], label: string): TemplateButton {
  if (kind === 'url') return { kind, label, url: '' }
  return kind === 'phone' ? { kind, label, phone: '' } : { kind, label }
}

/** Kinds of which there may be another one. */
export function freeKinds(
  { buttons: limits }: TemplateRules,
  buttons: readonly TemplateButton[],
): TemplateButton['kind'][] {
  if (!limits || buttons.length >= limits.most) return []
  return limits.kinds.flatMap(({ kind, most }) =>
    buttons.filter((button) => button.kind === kind).length < most ? [kind] : [],
  )
}

/** Those in whose name or words all of what was typed is found. */
export function matching(templates: readonly MessageTemplate[], search: string): MessageTemplate[] {
  const words = search.trim().toLowerCase().split(/\s+/u)
  return templates.filter((template) => {
    const found =
      `${template.title ?? ''} ${template.name} ${template.text} ${template.category} ${template.language}`.toLowerCase()
    return words.every((word) => found.includes(word) || found.replaceAll('_', ' ').includes(word))
  })
}
