import {
  type Attachment,
  kindsFor,
  type MessageTemplate,
  placesIn,
  type TemplateButton,
  type TemplateDraft,
  type TemplateHead,
  type TemplatePart,
  type TemplateRules,
} from '@qiao/protocol'

/** What is typed so far. An example belongs to its place, wherever that moves in the text. */
export interface Draft extends Omit<
  TemplateDraft,
  'parameters' | 'kinds' | 'remark' | 'header' | 'headerParameters' | 'head' | 'footer'
> {
  /** What stands above the text: the words of `header`, or something else. */
  head: TemplateHead | 'text'
  header: string
  /** The file for the reviewers, where one stands there. */
  sample: Attachment | null
  footer: string
  remark: string
  examples: Readonly<Record<string, string>>
  /** What a place holds, as far as it was chosen. */
  kinds: Readonly<Record<string, string>>
}

/** The header counts for itself: its places are called apart from those of the text. */
export const headerKey = (name: string): string => `header.${name}`

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
    head: 'text',
    header: '',
    sample: null,
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
  const { examples, kinds: _, head: _head, header: _header, sample: _sample, footer, remark, ...draft } = whole
  const places = placesIn(draft.text)
  const parameters = places.map((name) => examples[name]?.trim() ?? '')
  return {
    ...draft,
    text: draft.text.trim(),
    parameters,
    ...(rules.kinds ? { kinds: places.map((name) => kindOf(whole, rules, name)) } : {}),
    ...(remark.trim() ? { remark: remark.trim() } : {}),
    ...headOf(whole),
    ...(footer.trim() ? { footer: footer.trim() } : {}),
  }
}

function headOf({
  head,
  header,
  sample,
  examples,
}: Draft): Pick<TemplateDraft, 'head' | 'header' | 'headerParameters'> {
  if (head === 'location') return { head: { type: head } }
  if (head !== 'text') return { head: { type: head, attachmentId: sample?.kind === head ? sample.id : '' } }
  const words = header.trim()
  if (words === '') return {}
  const names = placesIn(words)
  const headerParameters = names.map((name) => examples[headerKey(name)]?.trim() ?? '')
  return { header: words, ...(names.length > 0 ? { headerParameters } : {}) }
}

type Preview = Pick<MessageTemplate, 'language' | 'parameters' | 'places' | 'header' | 'components'>

/** As the provider will show it. */
export function previewOf(draft: Draft, { prefix = '' }: TemplateRules): Preview {
  const { language, text, head, footer, buttons } = draft
  const header =
    head === 'text'
      ? draft.header.replaceAll(/\{\{\s*(\w+)\s*\}\}/gu, (_place, name: string) => `{{${headerKey(name)}}}`)
      : ''
  const parts = [
    { part: 'header', text: header },
    { part: 'body', text: text.trim() && prefix + text },
    { part: 'footer', text: footer },
    ...buttons.map(shownButton),
  ] as const
  const places = [
    ...placesIn(head === 'text' ? draft.header : '').map((name) => ({
      key: headerKey(name),
      place: { part: 'header' as const, name },
    })),
    ...placesIn(text).map((name) => ({ key: name, place: { part: 'body' as const, name } })),
  ]
  return {
    language,
    parameters: places.map(({ key }) => key),
    places: places.map(({ place }) => place),
    header: head === 'text' ? null : head,
    components: parts.filter((one) => one.text.trim() !== ''),
  }
}

/** The words on the button for a code are those of the provider. */
function shownButton(button: TemplateButton): TemplatePart {
  const { kind: does, label } = button
  if (does === 'code') return { part: 'button', does, text: label || '⧉', code: button.example }
  if (does !== 'url') return { part: 'button', does, text: label }
  return { part: 'button', does, text: label, url: button.example || button.url }
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
  if (kind === 'code') return { kind, label: '', example: '' }
  return kind === 'phone' ? { kind, label, phone: '' } : { kind, label }
}

/** Kinds of which there may be another one. */
export function freeKinds(
  { buttons: limits }: TemplateRules,
  buttons: readonly TemplateButton[],
  category = '',
): TemplateButton['kind'][] {
  if (!limits || buttons.length >= limits.most) return []
  return limits.kinds.flatMap(({ kind, most, categories }) =>
    categories?.includes(category) !== false && buttons.filter((button) => button.kind === kind).length < most
      ? [kind]
      : [],
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
