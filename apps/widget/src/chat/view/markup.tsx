import { type Block, type Inline, parseMarkup, parsePlain } from '@qiao/protocol/markup'
import type { ComponentChildren } from 'preact'

/** A link that leaves the chat: a new page that cannot reach back and is not told where it came from. */
export const Out = ({ url, children, class: name }: { url: string; children: ComponentChildren; class?: string }) => (
  <a class={name} href={url} target="_blank" rel="noopener noreferrer nofollow">
    {children}
  </a>
)

function inline(part: Inline, key: number): ComponentChildren {
  switch (part.type) {
    case 'text':
      return part.text
    case 'code':
      return <code key={key}>{part.text}</code>
    case 'bold':
      return <strong key={key}>{part.children.map(inline)}</strong>
    case 'italic':
      return <em key={key}>{part.children.map(inline)}</em>
    case 'strike':
      return <s key={key}>{part.children.map(inline)}</s>
    case 'link':
      return (
        <Out key={key} url={part.url}>
          {part.children.map(inline)}
        </Out>
      )
    default:
      return part satisfies never
  }
}

function block(part: Block, key: number): ComponentChildren {
  switch (part.type) {
    case 'paragraph':
      return <p key={key}>{part.children.map(inline)}</p>
    case 'quote':
      return <blockquote key={key}>{part.children.map(inline)}</blockquote>
    case 'code':
      return <pre key={key}>{part.text}</pre>
    case 'list': {
      const List = part.ordered ? 'ol' : 'ul'
      return (
        <List key={key}>
          {part.items.map((item, at) => (
            <li key={at}>{item.map(inline)}</li>
          ))}
        </List>
      )
    }
    default:
      return part satisfies never
  }
}

/** Words of a message as elements. No HTML is ever parsed, so none can get in. */
export const Words = ({ text, markup }: { text: string; markup: 'none' | 'light' }) =>
  markup === 'light' ? <>{parseMarkup(text).map(block)}</> : <p>{parsePlain(text).map(inline)}</p>
