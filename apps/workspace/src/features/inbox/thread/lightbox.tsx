import { useQuery } from '@tanstack/react-query'
import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { attachmentQuery } from '../../../shared/attachments.ts'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'

interface LightboxProps {
  ids: readonly string[]
  current: string
  onMove: (id: string) => void
  onClose: () => void
}

/** Pictures of the thread, one at a time; arrows move, Escape closes. */
export function Lightbox({ ids, current, onMove, onClose }: LightboxProps) {
  const t = useWords(inboxWords)
  const { data } = useQuery(attachmentQuery(current))
  const at = ids.indexOf(current)
  const previous = ids[at - 1]
  const next = at === -1 ? undefined : ids[at + 1]
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.key === 'ArrowLeft' && previous) onMove(previous)
    if (event.key === 'ArrowRight' && next) onMove(next)
  }
  return (
    <Modal
      open
      title={data?.name ?? t('lightbox.label')}
      footer={null}
      width="90vw"
      centered
      onCancel={onClose}
      destroyOnHidden
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows are a second way; the buttons are the first */}
      <div className="q-lightbox" onKeyDown={onKeyDown}>
        <Button
          shape="circle"
          icon={<LeftOutlined />}
          aria-label={t('lightbox.previous')}
          disabled={!previous}
          onClick={() => previous && onMove(previous)}
        />
        {data ? (
          <img src={data.links.view ?? data.links.download} alt={data.name} />
        ) : (
          <span className="q-file-size">{t('file.loading')}</span>
        )}
        <Button
          shape="circle"
          icon={<RightOutlined />}
          aria-label={t('lightbox.next')}
          disabled={!next}
          onClick={() => next && onMove(next)}
        />
      </div>
      {data ? (
        <a href={data.links.download} download className="q-lightbox-download">
          <DownloadOutlined /> {t('lightbox.original')}
        </a>
      ) : null}
    </Modal>
  )
}
