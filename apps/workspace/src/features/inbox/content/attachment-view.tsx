import { FileOutlined, DownloadOutlined } from '@ant-design/icons'
import type { Attachment, AttachmentKind, AttachmentReference } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { attachmentQuery } from '../../../shared/attachments.ts'
import { byteSize, clip } from '../../../shared/bytes.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface AttachmentViewProps {
  kind: AttachmentKind
  reference: AttachmentReference
  onOpenImage: (id: string) => void
}

export function AttachmentView({ kind, reference, onOpenImage }: AttachmentViewProps) {
  const t = useWords(inboxWords)
  const { data, isError } = useQuery(attachmentQuery(reference.id))
  if (isError) return <FileCard reference={reference} note={t('file.unavailable')} />
  if (kind === 'image') return <ImageView reference={reference} held={data} onOpen={onOpenImage} />
  if (data?.state === 'processing') {
    return <FileCard reference={reference} held={data} note={t('file.processing', { percent: data.progress })} />
  }
  if (data?.state === 'failed') return <FileCard reference={reference} held={data} note={t('file.failed')} />
  if (kind === 'audio' && data?.links.view) {
    return (
      <span className="q-audio">
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- voice notes of customers have no captions */}
        <audio controls preload="metadata" src={data.links.view} aria-label={reference.name} />
        {reference.durationMs ? <span className="q-file-size">{clip(reference.durationMs)}</span> : null}
      </span>
    )
  }
  if (kind === 'video' && data?.links.view) {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption
      <video
        className="q-video"
        controls
        preload="metadata"
        src={data.links.view}
        poster={data.links.thumbnail ?? undefined}
        aria-label={reference.name}
        style={boxOf(reference)}
      />
    )
  }
  return <FileCard reference={reference} held={data} note={data ? undefined : t('file.loading')} />
}

const most = { width: 280, height: 240 }
/** Space is kept before the bytes are there, so that nothing below moves. */
export function boxOf({ width, height }: Pick<AttachmentReference, 'width' | 'height'>): {
  width: number
  height: number
} {
  if (!width || !height) return { width: 220, height: 160 }
  const scale = Math.min(1, most.width / width, most.height / height)
  return { width: Math.max(48, Math.round(width * scale)), height: Math.max(48, Math.round(height * scale)) }
}

interface ImageViewProps {
  reference: AttachmentReference
  held: Attachment | undefined
  onOpen: (id: string) => void
}

function ImageView({ reference, held, onOpen }: ImageViewProps) {
  const t = useWords(inboxWords)
  const source = held?.links.thumbnail ?? held?.links.view
  if (held?.state === 'failed') return <FileCard reference={reference} held={held} note={t('file.failed')} />
  return (
    <button
      type="button"
      className="q-image"
      style={boxOf(reference)}
      onClick={() => onOpen(reference.id)}
      aria-label={t('file.open', { name: reference.name })}
    >
      {source ? (
        <img src={source} alt={reference.name} loading="lazy" />
      ) : (
        <span className="q-file-size">
          {held?.state === 'processing' ? t('file.processing', { percent: held.progress }) : ''}
        </span>
      )}
    </button>
  )
}

interface FileCardProps {
  reference: AttachmentReference
  held?: Attachment | undefined
  note?: string | undefined
}

export function FileCard({ reference, held, note }: FileCardProps) {
  const t = useWords(inboxWords)
  const about = [byteSize(reference.bytes), note].filter(Boolean).join(' · ')
  return (
    <span className="q-file">
      <FileOutlined className="q-file-icon" />
      <span className="q-file-main">
        <span className="q-file-name" title={reference.name}>
          {reference.name}
        </span>
        <span className="q-file-size">{about}</span>
      </span>
      {held ? (
        <a
          className="q-icon-link"
          href={held.links.download}
          download
          aria-label={t('file.download', { name: reference.name })}
        >
          <DownloadOutlined />
        </a>
      ) : null}
    </span>
  )
}
