import type { AttachmentReference } from '@qiao/protocol/content'
import { attachmentOf } from '../links.ts'
import { bytes, percent } from '../words/times.ts'
import { say } from '../words/words.ts'
import { Icon } from './icon.tsx'
import { Words } from './markup.tsx'

interface MediaProps {
  kind: 'image' | 'audio' | 'video' | 'file'
  attachment: AttachmentReference
  caption?: string
}

const ratio = ({ width, height }: AttachmentReference) =>
  width && height ? { aspectRatio: `${width} / ${height}` } : {}

function Tile({ kind, attachment }: MediaProps) {
  const known = attachmentOf(attachment.id)
  const view = known?.links.view
  if (kind === 'image') {
    const source = known?.links.thumbnail ?? view
    return (
      <a class="picture" href={view ?? known?.links.download} target="_blank" rel="noopener" style={ratio(attachment)}>
        {source ? <img src={source} alt={attachment.name} /> : <span class="muted">{say('loading')}</span>}
      </a>
    )
  }
  if (known?.state === 'processing') {
    return (
      <p class="muted">
        {attachment.name} · {say('preparing')} {percent(known.progress / 100)}
      </p>
    )
  }
  // Clips of agents and visitors come without a track of words; the empty one says so.
  if (kind === 'audio' && view) {
    return (
      <audio controls preload="metadata" src={view} aria-label={say('audio')}>
        <track kind="captions" />
      </audio>
    )
  }
  if (kind === 'video' && view) {
    return (
      <video controls preload="metadata" playsInline src={view} poster={known.links.thumbnail ?? undefined}>
        <track kind="captions" />
      </video>
    )
  }
  return (
    <a class="file" href={known?.links.download} download={attachment.name} target="_blank" rel="noopener">
      <Icon name="file" />
      <span>
        <span class="clip">{attachment.name}</span>
        <span class="muted">
          {bytes(attachment.bytes)} · {say('download')}
        </span>
      </span>
    </a>
  )
}

export const Media = (props: MediaProps) => (
  <>
    <Tile {...props} />
    {props.caption && <Words text={props.caption} markup="none" />}
  </>
)
