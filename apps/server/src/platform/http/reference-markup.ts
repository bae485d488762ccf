/** HTML that is safe to send: everything that goes into a template is escaped unless it came out of one. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | string | number | readonly Part[]

export const nothing = new Markup('')

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.map((text, at) => text + (at < parts.length ? write(parts[at] ?? '') : '')).join(''))
}

function write(part: Part): string {
  if (part instanceof Markup) return part.text
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part))
  return part.map(write).join('')
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Paragraphs and `code`, which is all that our descriptions use. */
export function markdown(text: string): Markup {
  const paragraphs = text.split('\n\n').map((paragraph) => {
    const parts = paragraph.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
    return html`<p>${parts}</p>`
  })
  return html`${paragraphs}`
}
