import { type Inline, parseMarkup } from '@qiao/protocol'

export interface Marks {
  bold: string
  italic: string
  strike: string
  code: string
  fence: string
}
export const noMarks: Marks = { bold: '', italic: '', strike: '', code: '', fence: '' }

/** Light markup in a provider's own marks; labelled links keep their address. */
export function withMarks(text: string, marks: Marks): string {
  const inlines = (children: readonly Inline[]): string => children.map(inline).join('')
  function inline(part: Inline): string {
    switch (part.type) {
      case 'text':
        return part.text
      case 'code':
        return marks.code + part.text + marks.code
      case 'link': {
        const label = inlines(part.children)
        return label === part.url ? part.url : `${label} (${part.url})`
      }
      default:
        return marks[part.type] + inlines(part.children) + marks[part.type]
    }
  }
  return parseMarkup(text)
    .map((block) => {
      switch (block.type) {
        case 'paragraph':
          return inlines(block.children)
        case 'quote':
          return `> ${inlines(block.children)}`
        case 'code':
          return marks.fence + block.text + marks.fence
        default:
          return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${inlines(item)}`).join('\n')
      }
    })
    .join('\n')
}
