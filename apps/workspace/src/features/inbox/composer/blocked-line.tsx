import { SwapOutlined } from '@ant-design/icons'
import type { ContentOf } from '@qiao/protocol'
import { Button } from 'antd'
import { memo } from 'react'
import { useWords } from '../../../shared/i18n.ts'
import { useInboxes } from '../../../shared/staff.ts'
import { deliveryWords } from '../delivery-words.ts'
import { sendingWords } from './sending-words.ts'
import { whyWords } from './strip-words.ts'
import { TemplatesButton } from './templates/templates-button.tsx'
import type { Outlet } from './usual-way.ts'

interface BlockedLineProps {
  id: string
  way: Outlet
  outlets: readonly Outlet[]
  language: string | null
  onTemplate: (content: ContentOf<'template'>) => void
  onChoose: (identityId: string) => void
}

/** What can be done where nothing can be sent now. Why is said in the strip above it; here it is what the button to send is described by. */
export const BlockedLine = memo(function BlockedLine(props: BlockedLineProps) {
  const { id, way, outlets, language, onTemplate, onChoose } = props
  const t = useWords(sendingWords)
  const delivery = useWords(deliveryWords)
  const inboxes = useInboxes()
  const others = outlets.filter((each) => each !== way && each.open)
  return (
    <div className="q-blocked">
      <span className="sr-only" id={id}>
        {t('cannot', { why: whyWords(way, delivery) })}
      </span>
      {way.template ? <TemplatesButton isNamed inboxId={way.inboxId} language={language} onSend={onTemplate} /> : null}
      {others.map(({ identityId, inboxId }) => (
        <Button key={identityId} size="small" icon={<SwapOutlined />} onClick={() => onChoose(identityId)}>
          {t('useOther', { inbox: inboxes.find((inbox) => inbox.id === inboxId)?.name ?? '' })}
        </Button>
      ))}
    </div>
  )
})
