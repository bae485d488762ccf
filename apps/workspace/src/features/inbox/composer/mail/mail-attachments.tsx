import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons'
import type { MailFile } from '@qiao/protocol'
import { byteSize } from '../../../../shared/bytes.ts'
import { useWords } from '../../../../shared/i18n.ts'
import { mostBytes, totalBytes } from './mail-draft.ts'
import { mailerWords } from './words.ts'

interface MailAttachmentsProps {
  files: readonly MailFile[]
  onRemove: (id: string) => void
}

/** What goes with it, and how much of the room that mail servers give is used. */
export function MailAttachments({ files, onRemove }: MailAttachmentsProps) {
  const t = useWords(mailerWords)
  if (files.length === 0) return null
  const bytes = totalBytes(files)
  const size = byteSize(bytes)
  const most = byteSize(mostBytes)
  const over = bytes > mostBytes
  return (
    <div className="q-mailer-files">
      <ul className="q-tray" aria-label={t('files.label')}>
        {files
          .filter(({ cid }) => cid === undefined)
          .map((file) => (
            <li key={file.id} className="q-tray-item">
              <PaperClipOutlined aria-hidden />
              <span className="q-tray-name" title={file.name}>
                {file.name}
              </span>
              <span className="q-file-size">{byteSize(file.bytes)}</span>
              <button
                type="button"
                className="q-act"
                aria-label={t('files.remove', { name: file.name })}
                onClick={() => onRemove(file.id)}
              >
                <CloseOutlined />
              </button>
            </li>
          ))}
      </ul>
      <span className={over ? 'q-failed' : 'q-file-size'} role={over ? 'alert' : undefined}>
        {t(over ? 'files.over' : 'files.total', { size, most })}
      </span>
    </div>
  )
}
