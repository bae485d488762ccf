import type { ContentOf } from '@qiao/protocol/content'
import { money } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Out, Words } from './markup.tsx'

const Picture = ({ url }: { url?: string }) =>
  url ? <img class="cover" src={url} alt="" loading="lazy" referrerpolicy="no-referrer" /> : null

const Card = ({ content }: { content: ContentOf<'card'> }) => (
  <div class="card">
    <Picture url={content.imageUrl} />
    <strong>{content.title}</strong>
    {content.text && <Words text={content.text} markup="none" />}
    {content.buttons.map((button) => (
      <Out key={button.url + button.label} url={button.url} class="button">
        {button.label}
      </Out>
    ))}
  </div>
)

const Product = ({ content }: { content: ContentOf<'product'> }) => (
  <div class="card">
    <Picture url={content.imageUrl} />
    <strong>{content.url ? <Out url={content.url}>{content.title}</Out> : content.title}</strong>
    {content.text && <Words text={content.text} markup="none" />}
    {content.priceMinorUnits !== undefined && content.currency && (
      <span class="price">{money(content.priceMinorUnits, content.currency)}</span>
    )}
  </div>
)

const Order = ({ content }: { content: ContentOf<'order'> }) => (
  <div class="card">
    <strong>
      {say('order')} {content.url ? <Out url={content.url}>{content.number}</Out> : content.number}
    </strong>
    {content.status && <span class="muted">{content.status}</span>}
    <ul class="lines">
      {content.lines.map((line, at) => (
        <li key={at}>
          {line.title} × {line.quantity}
        </li>
      ))}
    </ul>
    {content.totalMinorUnits !== undefined && content.currency && (
      <span class="price">{money(content.totalMinorUnits, content.currency)}</span>
    )}
  </div>
)

const Article = ({ content }: { content: ContentOf<'article'> }) => (
  <Out url={content.url} class="card">
    <Picture url={content.imageUrl} />
    <strong>{content.title}</strong>
    {content.excerpt && <span class="muted">{content.excerpt}</span>}
  </Out>
)

/** What is shown as a card; few chats ever need one. */
const BusinessCard = ({ content }: { content: ContentOf<'contact'> }) => (
  <div class="card">
    <strong>{content.name}</strong>
    {content.organisation && <p>{content.organisation}</p>}
    {content.phones.map((phone) => (
      <a key={phone} href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
        {phone}
      </a>
    ))}
    {content.emails.map((email) => (
      <a key={email} href={`mailto:${email}`}>
        {email}
      </a>
    ))}
  </div>
)

export function Cards({ content }: { content: ContentOf<'card' | 'contact' | 'product' | 'order' | 'article'> }) {
  switch (content.type) {
    case 'card':
      return <Card content={content} />
    case 'product':
      return <Product content={content} />
    case 'order':
      return <Order content={content} />
    case 'contact':
      return <BusinessCard content={content} />
    case 'article':
      return <Article content={content} />
    default:
      return content satisfies never
  }
}
