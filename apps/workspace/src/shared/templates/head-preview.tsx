import { EnvironmentOutlined, FileOutlined, PictureOutlined, VideoCameraOutlined } from '@ant-design/icons'
import type { TemplateHead } from '@qiao/protocol'
import { useQuery } from '@tanstack/react-query'
import { attachmentQuery } from '../attachments.ts'
import { useWords } from '../i18n.ts'
import { words as shownWords } from './words.ts'

interface HeadPreviewProps {
  head: TemplateHead
  /** The picture itself, once there is one. */
  pictureId?: string | undefined
  /** The name of the file, or the place. */
  words?: string | undefined
}
const icons = {
  image: <PictureOutlined />,
  video: <VideoCameraOutlined />,
  file: <FileOutlined />,
  location: <EnvironmentOutlined />,
}

/** What stands above the words of a template, before there is any of it too. */
export function HeadPreview({ head, pictureId, words }: HeadPreviewProps) {
  const s = useWords(shownWords)
  if (head === 'image' && pictureId !== undefined) return <Picture id={pictureId} name={words ?? ''} />
  return (
    <span className="q-template-head is-empty">
      {icons[head]} {words || s(`head.${head}`)}
    </span>
  )
}

function Picture({ id, name }: { id: string; name: string }) {
  const { data } = useQuery(attachmentQuery(id))
  const url = data?.links.thumbnail ?? data?.links.view
  return url ? (
    <img className="q-template-head" src={url} alt={name} />
  ) : (
    <span className="q-template-head is-empty">{name}</span>
  )
}
