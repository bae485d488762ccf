import type { ReplyPreview } from '@qiao/protocol'
import { Button, Popover } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { countWords, insteadWords } from './preview-words.ts'
import { sendingWords } from './sending-words.ts'

interface PreviewLineProps {
  preview: ReplyPreview | null
  /** How many of the messages, the first ones, are files. */
  files: number
}

/** How it will arrive, before it is sent; pressed, it shows each part. */
export const PreviewLine = memo(function PreviewLine({ preview, files }: PreviewLineProps) {
  const t = useWords(sendingWords)
  const instead = preview && insteadWords(preview, files, t)
  const words = preview && [countWords(preview, t), instead].filter(Boolean).join(' · ')
  if (!preview || !words) return null
  return (
    <Popover trigger="click" placement="topRight" title={t('preview')} content={<Parts messages={preview.messages} />}>
      <Button type="link" size="small" className={`q-preview ${instead ? 'is-instead' : ''}`} title={t('preview')}>
        {words}
      </Button>
    </Popover>
  )
})

function Parts({ messages }: Pick<ReplyPreview, 'messages'>) {
  const t = useWords(sendingWords)
  const parts = messages.flatMap((message) => message.parts)
  return (
    <ol className="q-preview-parts">
      {parts.map(({ text, segments }, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- parts are known by their place alone
        <li key={at}>
          <span dir="auto">{text === '' ? t('file') : text}</span>
          {segments !== null && segments > 1 ? <small>{t('part.segments', { count: segments })}</small> : null}
        </li>
      ))}
    </ol>
  )
}
