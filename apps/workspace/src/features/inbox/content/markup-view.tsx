import { type Inline, parseMarkup, parsePlain } from '@qiao/protocol'
import { Fragment, type ReactNode } from 'react'

/** Words of people become elements, never HTML. */
export function MarkupView({ text, markup }: { text: string; markup: 'none' | 'light' }) {
  if (markup === 'none') return <p className="q-plain">{inlines(parsePlain(text))}</p>
  return parseMarkup(text).map((block, at): ReactNode => {
    const key = `${block.type}-${at}`
    switch (block.type) {
      case 'paragraph':
        return (
          <p key={key} className="q-plain">
            {inlines(block.children)}
          </p>
        )
      case 'quote':
        return <blockquote key={key}>{inlines(block.children)}</blockquote>
      case 'code':
        return <pre key={key}>{block.text}</pre>
      case 'list': {
        const items = block.items.map((item, index) => <li key={`${key}-${index}`}>{inlines(item)}</li>)
        return block.ordered ? <ol key={key}>{items}</ol> : <ul key={key}>{items}</ul>
      }
      default:
        return block satisfies never
    }
  })
}

function inlines(parts: readonly Inline[]): ReactNode {
  return parts.map((part, at) => <Fragment key={`${part.type}-${at}`}>{inline(part)}</Fragment>)
}

function inline(part: Inline): ReactNode {
  switch (part.type) {
    case 'text':
      return part.text
    case 'code':
      return <code>{part.text}</code>
    case 'bold':
      return <strong>{inlines(part.children)}</strong>
    case 'italic':
      return <em>{inlines(part.children)}</em>
    case 'strike':
      return <s>{inlines(part.children)}</s>
    case 'link':
      return (
        <a href={part.url} target="_blank" rel="noopener noreferrer nofollow">
          {inlines(part.children)}
        </a>
      )
    default:
      return part satisfies never
  }
}
