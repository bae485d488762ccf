import { CloseOutlined, RedoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo } from 'react'
import { byteSize } from '../../../shared/bytes.ts'
import { explain } from '../../../shared/error-words.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import type { Upload } from './uploads.ts'

interface UploadTrayProps {
  uploads: readonly Upload[]
  onRemove: (id: string) => void
  onAgain: (upload: Upload) => void
}

export const UploadTray = memo(function UploadTray({ uploads, onRemove, onAgain }: UploadTrayProps) {
  const t = useWords(inboxWords)
  if (uploads.length === 0) return null
  const stateOf = (each: Upload): string => {
    if (each.state === 'uploading') return t('composer.uploading', { percent: each.percent })
    if (each.state === 'failed') return t('composer.uploadFailed', { reason: explain(each.error) })
    return t('composer.ready')
  }
  return (
    <ul className="q-tray">
      {uploads.map((each) => (
        <li key={each.id} className={`q-tray-item is-${each.state}`}>
          <span className="q-tray-name" title={each.file.name}>
            {each.file.name}
          </span>
          <span className="q-file-size" role="status">
            {byteSize(each.file.size)} · {stateOf(each)}
          </span>
          {each.state === 'failed' ? (
            <Button
              type="text"
              size="small"
              icon={<RedoOutlined />}
              aria-label={t('composer.retryUpload', { name: each.file.name })}
              onClick={() => onAgain(each)}
            />
          ) : null}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('composer.remove', { name: each.file.name })}
            onClick={() => onRemove(each.id)}
          />
          {each.state === 'uploading' ? (
            <span className="q-tray-bar" style={{ inlineSize: `${each.percent}%` }} />
          ) : null}
        </li>
      ))}
    </ul>
  )
})
