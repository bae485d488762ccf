import type { ContentOf } from '@qiao/protocol/content'
import { duration, money } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { Out, Words } from './markup.tsx'

const Picture = ({ url }: { url?: string }) =>
  url ? <img class="cover" src={url} alt="" loading="lazy" referrerpolicy="no-referrer" /> : null

export const Card = ({ content }: { content: ContentOf<'card'> }) => (
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

export const Product = ({ content }: { content: ContentOf<'product'> }) => (
  <div class="card">
    <Picture url={content.imageUrl} />
    <strong>{content.url ? <Out url={content.url}>{content.title}</Out> : content.title}</strong>
    {content.text && <Words text={content.text} markup="none" />}
    {content.priceMinorUnits !== undefined && content.currency && (
      <span class="price">{money(content.priceMinorUnits, content.currency)}</span>
    )}
  </div>
)

export const Order = ({ content }: { content: ContentOf<'order'> }) => (
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

export const Article = ({ content }: { content: ContentOf<'article'> }) => (
  <Out url={content.url} class="card">
    <Picture url={content.imageUrl} />
    <strong>{content.title}</strong>
    {content.excerpt && <span class="muted">{content.excerpt}</span>}
  </Out>
)

export const Place = ({ content }: { content: ContentOf<'location'> }) => {
  const { latitude, longitude } = content
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`
  return (
    <Out url={map} class="file">
      <Icon name="pin" />
      <span>
        <span>{content.title ?? content.address ?? say('location')}</span>
        <span class="muted">{content.title && content.address ? content.address : say('map')}</span>
      </span>
    </Out>
  )
}

export const Call = ({ content }: { content: ContentOf<'call'> }) => (
  <p class="call">
    <Icon name="phone" /> {content.outcome === 'answered' ? say('call') : say('missedCall')}
    {content.durationSeconds > 0 && ` · ${duration(content.durationSeconds)}`}
  </p>
)

export const FormResponse = ({ content }: { content: ContentOf<'form-response'> }) => (
  <>
    {content.title && <strong>{content.title}</strong>}
    <dl class="answers">
      {content.values.map(({ name, label, value }) => (
        <div key={name}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </>
)
