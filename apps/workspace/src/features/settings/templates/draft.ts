import {
  type MessageTemplate,
  placesIn,
  type TemplateButton,
  type TemplateDraft,
  type TemplateRules,
} from '@qiao/protocol'

/** What is typed so far. An example belongs to its place, wherever that moves in the text. */
export interface Draft extends Omit<TemplateDraft, 'parameters' | 'header' | 'footer'> {
  header: string
  footer: string
  examples: Readonly<Record<string, string>>
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
    examples: {},
    buttons: [],
  }
}

export function toSubmit({ examples, header, footer, ...draft }: Draft): TemplateDraft {
  const parameters = placesIn(draft.text).map((name) => examples[name]?.trim() ?? '')
  return {
    ...draft,
    text: draft.text.trim(),
    parameters,
    ...(header.trim() ? { header: header.trim() } : {}),
    ...(footer.trim() ? { footer: footer.trim() } : {}),
  }
}

/** As the provider will show it. */
export function previewOf(draft: Draft): Pick<MessageTemplate, 'language' | 'parameters' | 'components'> {
  const { language, text, header, footer, buttons } = draft
  const parts = [
    { part: 'header', text: header },
    { part: 'body', text },
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
    const found = `${template.name} ${template.text} ${template.category} ${template.language}`.toLowerCase()
    return words.every((word) => found.includes(word) || found.replaceAll('_', ' ').includes(word))
  })
}
