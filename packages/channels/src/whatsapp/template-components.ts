import { placesIn, type TemplateButton, type TemplateDraft } from '@qiao/protocol'

/** Named when any place of it is: Meta takes numbers or names, not both. */
export const isNamed = ({ text, header = '' }: TemplateDraft): boolean =>
  [...placesIn(text), ...placesIn(header)].some((name) => !/^\d+$/u.test(name))

/** `sample`: the handle of the picture, video or document that the reviewers look at. */
export function componentsOf(draft: TemplateDraft, sample: string | null): object[] {
  const { footer, buttons } = draft
  return [
    ...headerOf(draft, sample),
    { type: 'BODY', ...textOf('body', draft.text, draft.parameters, isNamed(draft)) },
    ...(footer ? [{ type: 'FOOTER', text: footer }] : []),
    ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons: buttonsOf(buttons) }] : []),
  ]
}

const formats = { image: 'IMAGE', video: 'VIDEO', file: 'DOCUMENT', location: 'LOCATION' } as const

function headerOf(draft: TemplateDraft, sample: string | null): object[] {
  const { head, header, headerParameters = [] } = draft
  if (head) {
    const example = sample === null ? {} : { example: { header_handle: [sample] } }
    return [{ type: 'HEADER', format: formats[head.type], ...example }]
  }
  return header
    ? [{ type: 'HEADER', format: 'TEXT', ...textOf('header', header, headerParameters, isNamed(draft)) }]
    : []
}

/** Numbered places count from one in their order. */
function textOf(part: 'header' | 'body', written: string, examples: readonly string[], named: boolean) {
  const places = placesIn(written)
  const text = written.replaceAll(/\{\{\s*(\w+)\s*\}\}/gu, (_whole, place: string) =>
    named ? `{{${place}}}` : `{{${places.indexOf(place) + 1}}}`,
  )
  if (places.length === 0) return { text }
  const shown = places.map((name, at) => ({ param_name: name, example: examples[at] || name }))
  if (named) return { text, example: { [`${part}_text_named_params`]: shown } }
  const values = shown.map(({ example }) => example)
  return { text, example: part === 'header' ? { header_text: values } : { body_text: [values] } }
}

/** Quick replies have to stand together. */
function buttonsOf(buttons: readonly TemplateButton[]): object[] {
  const replies = buttons.filter(({ kind }) => kind === 'reply')
  return [...replies, ...buttons.filter(({ kind }) => kind !== 'reply')].map((button) => {
    const text = button.label
    switch (button.kind) {
      case 'url':
        return { type: 'URL', text, url: button.url, ...(button.example ? { example: [button.example] } : {}) }
      case 'phone':
        return { type: 'PHONE_NUMBER', text, phone_number: button.phone }
      case 'code':
        // Meta writes the words on it.
        return { type: 'COPY_CODE', example: button.example }
      default:
        return { type: 'QUICK_REPLY', text }
    }
  })
}
