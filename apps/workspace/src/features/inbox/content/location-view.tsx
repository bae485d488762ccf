import { EnvironmentOutlined } from '@ant-design/icons'
import type { ContentOf } from '@qiao/protocol'
import { useWords } from '../../../shared/i18n.ts'
import { inboxWords } from '../words.ts'
import { Out } from './out.tsx'

export function LocationView({ content }: { content: ContentOf<'location'> }) {
  const t = useWords(inboxWords)
  const place = `${content.latitude},${content.longitude}`
  return (
    <div className="q-card">
      <strong>
        <EnvironmentOutlined /> {content.title ?? place}
      </strong>
      {content.address ? <span>{content.address}</span> : null}
      <Out
        url={`https://www.openstreetmap.org/?mlat=${content.latitude}&mlon=${content.longitude}`}
        label={t('content.location')}
      />
    </div>
  )
}
