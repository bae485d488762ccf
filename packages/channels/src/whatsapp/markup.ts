import { type Inline, parseMarkup } from '@qiao/protocol'

/** WhatsApp's own marks: *bold* _italic_ ~strike~ `code` ```block```. https://faq.whatsapp.com/539178204879377 (2026-05) */
export function toWhatsAppMarkup(text: string): string {
  return parseMarkup(text)
    .map((block) => {
      switch (block.type) {
        case 'paragraph':
          return inlines(block.children)
        case 'quote':
          return `> ${inlines(block.children)}`
        case 'code':
          return `\`\`\`${block.text}\`\`\``
        default:
          return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${inlines(item)}`).join('\n')
      }
    })
    .join('\n')
}

const inlines = (children: readonly Inline[]): string => children.map(inline).join('')

function inline(part: Inline): string {
  switch (part.type) {
    case 'text':
      return part.text
    case 'code':
      return `\`${part.text}\``
    case 'link': {
      const label = inlines(part.children)
      return label === part.url ? part.url : `${label} (${part.url})`
    }
    default: {
      const mark = { bold: '*', italic: '_', strike: '~' }[part.type]
      return `${mark}${inlines(part.children)}${mark}`
    }
  }
}
