import type { ContentOf } from '@qiao/protocol/content'
import { duration } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { Out } from './markup.tsx'

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
